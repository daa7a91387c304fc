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
 * Keeps how interfaces were before paths took them over, each in a file {@code SOCKET.NAME.port} beside the control socket
 * while it is taken: the successor of a daemon that was killed, or has handed its paths over, knows what to give back.
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

    /** What a file says, and of which interface of which kernel. */
    private record Content(
            @Nullable String boot,
            @Nullable String namespace,
            int ifindex,
            @Nullable PortBaseline before) {}

    /** How the interface was before a path took it that did not give it back; empty when there is no such. */
    Optional<PortBaseline> find(Link link) {
        Path file = file(link.name());
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Content content = gson.fromJson(Files.readString(file), Content.class);
            return content != null
                            && KernelInstance.boot().equals(content.boot())
                            && KernelInstance.namespace().equals(content.namespace())
                            && content.ifindex() == link.index()
                    ? Optional.ofNullable(content.before())
                    : Optional.empty();
        } catch (IOException | JsonParseException e) {
            LOG.warn("how {} was before is not known: {}: {}", link.name(), file, e.toString());
            return Optional.empty();
        }
    }

    /** Keeps how an interface was, until {@link #forget}. */
    void keep(Link link, PortBaseline before) {
        Path next = folder.resolve(prefix + link.name() + SUFFIX + ".new");
        try {
            Content content = new Content(KernelInstance.boot(), KernelInstance.namespace(), link.index(), before);
            Files.writeString(next, gson.toJson(content));
            Files.move(next, file(link.name()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("how {} was before is not kept: {}", link.name(), e.toString());
        }
    }

    void forget(String interfaceName) throws IOException {
        Files.deleteIfExists(file(interfaceName));
    }

    /** Names of the interfaces that something is kept of. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                names.add(name.substring(prefix.length(), name.length() - SUFFIX.length()));
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be looked through: {}", folder, e.toString());
        }
        return names;
    }

    private Path file(String interfaceName) {
        return folder.resolve(prefix + interfaceName + SUFFIX);
    }
}
