package net.twinpath.daemon;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import jnr.unixsocket.UnixSocketAddress;
import net.twinpath.daemon.apply.Interfaces;
import net.twinpath.daemon.apply.Leftovers;
import net.twinpath.daemon.apply.PortBaselines;
import net.twinpath.daemon.control.ControlSocket;
import net.twinpath.daemon.event.EventLog;
import net.twinpath.daemon.machine.BaselineFile;
import net.twinpath.daemon.machine.LinuxMachine;
import net.twinpath.daemon.machine.PathNeeds;
import net.twinpath.daemon.machine.Reconciler;
import net.twinpath.daemon.machine.Wanted;
import net.twinpath.daemon.path.KeptPathFile;

/**
 * Gives back what a daemon has left that was killed, or handed its paths over to one that never came: the unit runs it when
 * the service stays down ({@code ExecStopPost=}, {@code OnFailure=}).
 */
final class GiveBack {
    private GiveBack() {}

    /**
     * Makes interfaces and settings of the kernel as they were before any daemon with this control socket.
     *
     * @throws StartException when one runs, or the machine cannot be made so
     */
    static void run(Path socket) throws StartException {
        Privileges.require();
        // No daemon can start meanwhile.
        ControlSocket place = new ControlSocket(new UnixSocketAddress(socket.toFile()));
        try (Interfaces interfaces = new Interfaces();
                LinuxMachine kernel = new LinuxMachine();
                Reconciler machine = new Reconciler(
                        kernel,
                        new BaselineFile(socket),
                        () -> PathNeeds.NONE,
                        () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                        new EventLog(Clock.systemUTC()))) {
            Leftovers.giveBack(interfaces, new PortBaselines(socket));
            KeptPathFile.forgetAll(socket);
            machine.become(Wanted.NOTHING);
        } finally {
            place.close();
        }
    }
}
