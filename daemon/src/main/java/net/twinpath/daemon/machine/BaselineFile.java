package net.twinpath.daemon.machine;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps how the machine was before us over the death of the daemon, in JSON beside the control socket: a successor still
 * knows what to give back. It holds for one start of the kernel and one network namespace.
 */
public final class BaselineFile {
    private static final Logger LOG = LoggerFactory.getLogger("machine");

    private final Path file;
    private final Gson gson = new Gson();

    /** @param socket the control socket's place */
    public BaselineFile(Path socket) {
        file = socket.resolveSibling(socket.getFileName() + ".baseline");
    }

    private static final class Content {
        @Nullable
        String boot;

        @Nullable
        String namespace;

        List<Entry> before = new ArrayList<>();
    }

    private static final class Entry {
        String owner = "";

        @Nullable
        Group group;

        String name = "";
        String value = "";
    }

    /** What was kept of this kernel and this namespace; empty when there is nothing, or nothing that can be read. */
    SortedMap<Setting, String> read() {
        if (!Files.exists(file)) {
            return new TreeMap<>();
        }
        try {
            Content content = gson.fromJson(Files.readString(file), Content.class);
            if (content == null
                    || !KernelInstance.boot().equals(content.boot)
                    || !KernelInstance.namespace().equals(content.namespace)) {
                LOG.info("{} is of another time or place: not used", file);
                return new TreeMap<>();
            }
            return settings(content.before);
        } catch (IOException | JsonParseException e) {
            LOG.warn("how the machine was before is not known: {}: {}", file, e.toString());
            return new TreeMap<>();
        }
    }

    private static SortedMap<Setting, String> settings(List<Entry> entries) {
        SortedMap<Setting, String> settings = new TreeMap<>();
        for (Entry entry : entries) {
            if (entry.group != null) {
                settings.put(new Setting(entry.owner, entry.group, entry.name), entry.value);
            }
        }
        return settings;
    }

    /** Replaces what is kept in one go; nothing to keep leaves no file. */
    void write(SortedMap<Setting, String> before) throws MachineException {
        try {
            if (before.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, gson.toJson(content(before)));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new MachineException("how the machine was before cannot be kept in " + file + ": " + e);
        }
    }

    private static Content content(SortedMap<Setting, String> before) throws IOException {
        Content content = new Content();
        content.boot = KernelInstance.boot();
        content.namespace = KernelInstance.namespace();
        for (Map.Entry<Setting, String> setting : before.entrySet()) {
            Entry entry = new Entry();
            entry.owner = setting.getKey().owner();
            entry.group = setting.getKey().group();
            entry.name = setting.getKey().name();
            entry.value = setting.getValue();
            content.before.add(entry);
        }
        return content;
    }
}
