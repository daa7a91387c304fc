package net.twinpath.daemon.ctl;

import com.google.gson.JsonObject;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import net.twinpath.daemon.ExitStatus;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import picocli.CommandLine.ParentCommand;

/** A command that talks to the daemon over one connection. */
abstract class DaemonCommand implements Callable<Integer> {
    @ParentCommand
    private Twinpathctl options = new Twinpathctl();

    @Override
    public Integer call() {
        try (ControlClient client = new ControlClient(options.socket())) {
            return talk(client);
        } catch (NoDaemonException e) {
            return withoutDaemon(e);
        } catch (RefusedException | UnknownNameException e) {
            complain(e);
            return ExitStatus.REFUSED;
        }
    }

    /** Talks to the daemon and returns the exit status. */
    abstract int talk(ControlClient client) throws NoDaemonException, RefusedException, UnknownNameException;

    /** What is to be done when no daemon answers; returns the exit status. */
    int withoutDaemon(NoDaemonException reason) {
        complain(reason);
        return ExitStatus.NO_DAEMON;
    }

    static void complain(Exception reason) {
        System.err.println("twinpathctl: " + reason.getMessage());
    }

    /** Prints an answer in the form that was asked for. */
    final void print(JsonObject answer, Supplier<String> words) {
        System.out.print(options.writer().write(answer, words));
        System.out.flush();
    }

    /** As {@link #print}, for one of many; false when nobody takes it any more. */
    final boolean printOneOfMany(JsonObject answer, Supplier<String> words) {
        System.out.print(options.writer().writeOneOfMany(answer, words));
        return !System.out.checkError();
    }
}
