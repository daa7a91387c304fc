package net.twinpath.daemon.path;

import java.nio.file.Path;
import java.time.Clock;
import net.twinpath.daemon.apply.Interfaces;
import net.twinpath.daemon.apply.PortBaselines;
import net.twinpath.daemon.event.Events;
import net.twinpath.linux.EventFd;
import net.twinpath.linux.PassedDescriptors;

/**
 * What the paths of a daemon work with.
 *
 * @param interfaces the kernel's
 * @param baselines  how interfaces were before
 * @param passed     descriptors the daemon before has left
 * @param socket     the control socket's place; what must outlive the process stands beside it
 * @param clock      time of day
 * @param wake       raised when an agent fails
 * @param events     is told how the paths and their links fare
 */
public record PathSurroundings(
        Interfaces interfaces,
        PortBaselines baselines,
        PassedDescriptors passed,
        Path socket,
        Clock clock,
        EventFd wake,
        Events events) {}
