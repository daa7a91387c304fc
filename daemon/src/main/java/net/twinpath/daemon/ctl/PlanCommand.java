package net.twinpath.daemon.ctl;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import net.twinpath.config.ConfigReader;
import net.twinpath.config.TwinpathConfig;
import net.twinpath.config.toml.ConfigException;
import net.twinpath.daemon.ExitStatus;
import net.twinpath.daemon.StartException;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import net.twinpath.daemon.machine.MachinePreview;
import net.twinpath.daemon.machine.PlanReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code twinpathctl plan}. */
@Command(
        name = "plan",
        description = "Shows what the configuration would change on this machine, and changes nothing: for the"
                + " running daemon's file, or for FILE, which needs no daemon and no privilege.",
        mixinStandardHelpOptions = true)
final class PlanCommand extends DaemonCommand {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description =
                    "The configuration (default: the daemon's, or " + ConfigReader.DEFAULT_FILE + " when none runs).")
    private @Nullable Path file;

    @Override
    public Integer call() {
        Path given = file;
        return given == null ? super.call() : show(given);
    }

    @Override
    int talk(ControlClient client) throws NoDaemonException, RefusedException {
        return show(client.call("plan", new JsonObject()));
    }

    @Override
    int withoutDaemon(NoDaemonException reason) {
        return show(Path.of(ConfigReader.DEFAULT_FILE));
    }

    private int show(Path configuration) {
        try {
            TwinpathConfig config = ConfigReader.read(configuration);
            return show(PlanReport.of(MachinePreview.of(config), List.of()));
        } catch (ConfigException e) {
            e.problems().forEach(problem -> System.err.println("twinpathctl: " + problem));
            return ExitStatus.CONFIG;
        } catch (StartException e) {
            complain(e);
            return ExitStatus.FAILED;
        }
    }

    private int show(JsonObject plan) {
        print(plan, () -> PlanText.of(plan));
        return plan.getAsJsonArray("objections").isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
    }
}
