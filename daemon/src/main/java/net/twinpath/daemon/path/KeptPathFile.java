package net.twinpath.daemon.path;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.twinpath.duppath.KeptPath;
import net.twinpath.duppath.port.Port;
import net.twinpath.duppath.port.PortSettings;
import net.twinpath.linux.DescriptorStore;
import net.twinpath.linux.ErrnoException;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.PacketSocket;
import net.twinpath.linux.PassedDescriptors;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a path leaves to the next daemon, in a file beside the control socket but for its sockets, which systemd keeps. The
 * file is taken away when it is read.
 *
 * <pre>
 *  LAYOUT, s32; own address, s64; meaning, UTF; the inside port; count of links, s32; each link; octets of state, s32;
 *  the state
 *  a port: interface's name, UTF; ifindex (0: not there), MTU, VLAN, place, the ring's next slot, s32 each
 * </pre>
 */
public final class KeptPathFile {
    private static final int LAYOUT = 2;
    private static final String SUFFIX = ".kept";
    private static final int MOST_LINKS = 8;
    private static final Logger LOG = LoggerFactory.getLogger("path");

    private final String pathName;
    private final Path file;

    /** @param socket the control socket's place */
    KeptPathFile(Path socket, String pathName) {
        this.pathName = pathName;
        this.file = socket.resolveSibling(socket.getFileName() + "." + pathName + SUFFIX);
    }

    /**
     * Takes away the files that no path has taken: of paths that the configuration does not name any more.
     *
     * @param socket the control socket's place
     */
    public static void forgetAll(Path socket) {
        Path folder = socket.toAbsolutePath().resolveSibling("");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, socket.getFileName() + ".*" + SUFFIX)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be looked through: {}", folder, e.toString());
        }
    }

    /** Has what a path has left kept, its sockets too. */
    void keep(KeptPath kept, DescriptorStore store) {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(LAYOUT);
            out.writeLong(kept.ownAddress());
            out.writeUTF(kept.meaning());
            write(kept.inside(), out);
            out.writeInt(kept.links().size());
            for (Port.Kept link : kept.links()) {
                write(link, out);
            }
            byte[] state = new byte[kept.state().capacity()];
            kept.state().getBytes(0, state);
            out.writeInt(state.length);
            out.write(state);
        } catch (IOException e) {
            LOG.warn("{}: not kept in {}: {}", pathName, file, e.toString());
            return;
        }
        try {
            for (Port.Kept port : kept.ports()) {
                Optional<PacketSocket.Kept> socket = port.socket();
                if (socket.isPresent()) {
                    store.keep(receiverName(port.settings()), socket.get().receiver());
                    store.keep(senderName(port.settings()), socket.get().sender());
                }
            }
        } catch (ErrnoException e) {
            LOG.warn("{}: systemd has not taken all sockets: {}", pathName, e.getMessage());
        }
    }

    private String receiverName(PortSettings port) {
        return pathName + "/" + port.interfaceName() + "/receive";
    }

    private String senderName(PortSettings port) {
        return pathName + "/" + port.interfaceName() + "/send";
    }

    private static void write(Port.Kept port, DataOutputStream out) throws IOException {
        PortSettings settings = port.settings();
        out.writeUTF(settings.interfaceName());
        out.writeInt(settings.ifindex());
        out.writeInt(settings.mtu());
        out.writeInt(settings.vlan());
        out.writeInt(port.place());
        out.writeInt(port.socket().map(PacketSocket.Kept::head).orElse(0));
    }

    /** What was kept, if anything and all of it. */
    Optional<KeptPath> take(PassedDescriptors passed) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            Files.delete(file);
            return read(in, passed);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("{}: nothing taken over from {}: {}", pathName, file, e.toString());
            return Optional.empty();
        }
    }

    private Optional<KeptPath> read(DataInputStream in, PassedDescriptors passed) throws IOException {
        if (in.readInt() != LAYOUT) {
            return Optional.empty();
        }
        long ownAddress = in.readLong();
        String meaning = in.readUTF();
        Port.Kept inside = port(in, passed);
        int count = in.readInt();
        if (count < 0 || count > MOST_LINKS) {
            throw new IOException(count + " links");
        }
        List<Port.Kept> links = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            links.add(port(in, passed));
        }
        byte[] state = in.readNBytes(in.readInt());
        if (inside.socket().isEmpty()) {
            links.forEach(Port.Kept::close);
            return Optional.empty();
        }
        return Optional.of(new KeptPath(ownAddress, meaning, inside, links, new UnsafeBuffer(state)));
    }

    /** Without a socket where there was none, or systemd has not kept both. */
    private Port.Kept port(DataInputStream in, PassedDescriptors passed) throws IOException {
        PortSettings settings = new PortSettings(in.readUTF(), in.readInt(), in.readInt(), in.readInt());
        int place = in.readInt();
        int head = in.readInt();
        OptionalInt receiver = passed.take(receiverName(settings));
        OptionalInt sender = passed.take(senderName(settings));
        if (receiver.isPresent() && sender.isPresent()) {
            PacketSocket.Kept socket = new PacketSocket.Kept(receiver.getAsInt(), sender.getAsInt(), head);
            return new Port.Kept(settings, place, Optional.of(socket));
        }
        receiver.ifPresent(fd -> LinuxSocket.ofFd(fd).close());
        sender.ifPresent(fd -> LinuxSocket.ofFd(fd).close());
        return new Port.Kept(settings, place, Optional.empty());
    }
}
