package net.twinpath.daemon.control;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Objects;
import jnr.constants.platform.Errno;
import jnr.unixsocket.UnixSocketAddress;
import net.twinpath.daemon.StartException;
import net.twinpath.linux.ErrnoException;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.Socket;
import net.twinpath.linux.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening control socket and its place in the file system, which says who may connect. */
public final class ControlSocket implements AutoCloseable {
    private static final String GROUP = "twinpath";
    private static final int BACKLOG = ControlLimits.MAX_CLIENTS;
    private static final int S_IFMT = 0xF000;
    private static final int S_IFSOCK = 0xC000;
    private static final Logger LOG = LoggerFactory.getLogger("control");

    private final Path path;
    private final LinuxSocket listener;
    private boolean isForRootOnly;

    /**
     * Opens the socket at {@code address}, in place of one that no process answers at.
     *
     * @throws StartException when another process answers there, or the place cannot be written
     */
    public ControlSocket(UnixSocketAddress address) throws StartException {
        path = Path.of(address.path());
        listener = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_SEQPACKET | Socket.SOCK_NONBLOCK, 0);
        try {
            makeFolder(path);
            bind(path);
            restrict(path);
            listener.listen(BACKLOG);
        } catch (IOException | ErrnoException e) {
            listener.close();
            throw new StartException("control socket " + path + ": " + e);
        } catch (StartException e) {
            listener.close();
            throw e;
        }
    }

    private static void makeFolder(Path path) throws IOException, StartException {
        try {
            Files.createDirectories(Objects.requireNonNull(path.getParent(), "the path is absolute"));
        } catch (FileAlreadyExistsException e) {
            throw new StartException("control socket " + path + ": " + e.getFile()
                    + " is no folder; set another socket under [control]");
        }
    }

    private void bind(Path path) throws IOException, StartException {
        try {
            listener.bind(SocketAddress.unixPath(path.toString()));
        } catch (ErrnoException e) {
            if (!e.is(Errno.EADDRINUSE)) {
                throw e;
            }
            refuseIfNoSocket(path);
            refuseIfAnswered(path);
            Files.deleteIfExists(path);
            listener.bind(SocketAddress.unixPath(path.toString()));
        }
    }

    /** An ordinary file refuses connections as a dead socket does, but is not ours to remove. */
    private static void refuseIfNoSocket(Path path) throws IOException, StartException {
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & S_IFMT) != S_IFSOCK) {
            throw new StartException("control socket " + path
                    + ": the file is there and is no socket; remove it, or set another socket under [control]");
        }
    }

    private static void refuseIfAnswered(Path path) throws StartException {
        try (LinuxSocket probe = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_SEQPACKET, 0)) {
            probe.connect(SocketAddress.unixPath(path.toString()));
            throw new StartException("control socket " + path + ": another twinpathd (pid "
                    + probe.peerCredentials().pid()
                    + ") answers there; stop it, or set another socket under [control]");
        } catch (ErrnoException e) {
            if (!e.is(Errno.ECONNREFUSED)) {
                throw new StartException(
                        "control socket " + path + ": the file is there and is no socket of ours: " + e.getMessage());
            }
        }
    }

    /** Root and, where it exists, the group {@code twinpath} may connect; nobody else. */
    private void restrict(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
        try {
            GroupPrincipal group =
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(GROUP);
            Files.getFileAttributeView(path, PosixFileAttributeView.class).setGroup(group);
        } catch (UserPrincipalNotFoundException e) {
            isForRootOnly = true;
        }
    }

    /** Tells the log what somebody would wonder at who was in the group. */
    void tellAccess() {
        if (isForRootOnly) {
            LOG.info("{}: there is no group {}, so only root may connect", path, GROUP);
        }
    }

    int fd() {
        return listener.fd();
    }

    /** The next waiting client; null when none waits. */
    @Nullable
    LinuxSocket accept() {
        return listener.accept();
    }

    /** Takes the socket out of the file system. */
    @Override
    public void close() {
        listener.close();
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("control socket {} not removed: {}", path, e.toString());
        }
    }
}
