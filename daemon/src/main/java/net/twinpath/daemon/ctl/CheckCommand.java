package net.twinpath.daemon.ctl;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import net.twinpath.config.ConfigReader;
import net.twinpath.daemon.ConfigCheck;
import net.twinpath.daemon.apply.MachineRemark;
import net.twinpath.daemon.control.TextArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code twinpathctl check}. */
@Command(
        name = "check",
        description =
                "Says what is wrong with a configuration and what of this machine's interfaces speaks against it, as"
                        + " twinpathd --check does; needs no daemon and no privilege.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @ParentCommand
    private Twinpathctl options = new Twinpathctl();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            defaultValue = ConfigReader.DEFAULT_FILE,
            description = "The configuration (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        ConfigCheck check = ConfigCheck.of(file);
        check.problems().forEach(problem -> System.err.println("twinpathctl: " + problem));
        System.out.print(options.writer().write(json(check), () -> text(check)));
        return check.exitStatus();
    }

    private static String text(ConfigCheck check) {
        StringBuilder text = new StringBuilder();
        check.lines().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private JsonObject json(ConfigCheck check) {
        JsonObject object = new JsonObject();
        object.addProperty("file", file.toString());
        object.addProperty("right", check.problems().isEmpty());
        object.add("problems", TextArray.of(check.problems()));
        object.add(
                "remarks",
                TextArray.of(
                        check.remarks().stream().map(MachineRemark::toString).toList()));
        return object;
    }
}
