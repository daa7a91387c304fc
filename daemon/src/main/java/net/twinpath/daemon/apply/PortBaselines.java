package net.twinpath.daemon.apply;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.twinpath.daemon.machine.KernelInstance;
import net.twinpath.netlink.route.Link;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps how interfaces were before paths took them over, each in a file {@code SOCKET.IFINDEX.port} beside the control socket
 * while it is taken: the successor of a daemon that was killed, or has handed its paths over, knows what to give back. The
 * index stays with an interface that is renamed, and another one may have the name then.
 * Where no file can be written the path runs all the same, and only a successor does not know.
 */
public final class PortBaselines {
    private static final String SUFFIX = ".port";
    private static final Logger LOG = LoggerFactory.getLogger("apply");

    private final Path folder;
    private final String prefix;
    private final Gson gson = new Gson();

    /** @param socket the control socket's place */
    public PortBaselines(Path socket) {
        folder = socket.toAbsolutePath().resolveSibling("");
        prefix = socket.getFileName() + ".";
    }

    /** What a file says, and of which kernel's interface. */
    private record Content(
            @Nullable String boot,
            @Nullable String namespace,
            @Nullable PortBaseline before) {}

    /** How the interface was before a path took it that did not give it back; empty when there is no such. */
    Optional<PortBaseline> find(Link link) {
        Path file = file(link.index());
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Content content = gson.fromJson(Files.readString(file), Content.class);
            return content != null
                            && KernelInstance.boot().equals(content.boot())
                            && KernelInstance.namespace().equals(content.namespace())
                    ? Optional.ofNullable(content.before())
                    : Optional.empty();
        } catch (IOException | JsonParseException e) {
            LOG.warn("how {} was before is not known: {}: {}", link.name(), file, e.toString());
            return Optional.empty();
        }
    }

    /** Keeps how an interface was, until {@link #forget}. */
    void keep(Link link, PortBaseline before) {
        Path next = folder.resolve(prefix + link.index() + SUFFIX + ".new");
        try {
            Content content = new Content(KernelInstance.boot(), KernelInstance.namespace(), before);
            Files.writeString(next, gson.toJson(content));
            Files.move(next, file(link.index()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("how {} was before is not kept: {}", link.name(), e.toString());
        }
    }

    void forget(int ifindex) throws IOException {
        Files.deleteIfExists(file(ifindex));
    }

    /** Indexes of the interfaces that something is kept of. */
    List<Integer> ifindexes() {
        List<Integer> indexes = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String index = name.substring(prefix.length(), name.length() - SUFFIX.length());
                if (index.matches("[0-9]{1,9}")) {
                    indexes.add(Integer.valueOf(index));
                }
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be looked through: {}", folder, e.toString());
        }
        return indexes;
    }

    private Path file(int ifindex) {
        return folder.resolve(prefix + ifindex + SUFFIX);
    }
}
