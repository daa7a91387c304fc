package net.twinpath.daemon;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.twinpath.config.ConfigReader;
import net.twinpath.config.TwinpathConfig;
import net.twinpath.config.toml.ConfigException;
import net.twinpath.config.toml.ConfigProblem;
import net.twinpath.daemon.apply.MachineCheck;
import net.twinpath.daemon.apply.MachineRemark;
import net.twinpath.daemon.machine.MachinePreview;

/**
 * What is to be said of a configuration before it is used.
 *
 * @param file        the configuration
 * @param config      what it says; empty when it is wrong
 * @param problems    what is wrong with it, as such
 * @param remarks     what of this machine speaks against it
 * @param allowsStart whether its paths could start at once
 */
public record ConfigCheck(
        Path file,
        Optional<TwinpathConfig> config,
        List<String> problems,
        List<MachineRemark> remarks,
        boolean allowsStart) {
    /** Checks a configuration; needs no privilege and changes nothing. */
    public static ConfigCheck of(Path file) {
        try {
            TwinpathConfig config = ConfigReader.read(file);
            MachineCheck machine = MachineCheck.of(config);
            Set<MachineRemark> remarks = new LinkedHashSet<>(machine.remarks());
            remarks.addAll(MachinePreview.remarks(config));
            return new ConfigCheck(file, Optional.of(config), List.of(), List.copyOf(remarks), machine.allowsStart());
        } catch (ConfigException e) {
            return new ConfigCheck(
                    file,
                    Optional.empty(),
                    e.problems().stream().map(ConfigProblem::toString).toList(),
                    List.of(),
                    false);
        }
    }

    /** For people, when nothing is wrong with the configuration as such. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        config.ifPresent(right -> {
            lines.add(file + " is right; paths: " + right.paths().size());
            remarks.forEach(remark -> lines.add(remark.toString()));
        });
        return lines;
    }

    /** Of the program that was asked to check: {@link ExitStatus}. */
    public int exitStatus() {
        if (config.isEmpty()) {
            return ExitStatus.CONFIG;
        }
        return remarks.stream().anyMatch(MachineRemark::isError) ? ExitStatus.FAILED : ExitStatus.OK;
    }
}
