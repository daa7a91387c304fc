package net.twinpath.daemon.event;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import net.twinpath.daemon.event.Event.Published;

/**
 * An entry of systemd's journal in its native protocol (systemd.io/JOURNAL_NATIVE_PROTOCOL).
 *
 * <pre>
 *  NAME=value LF              a value of one line
 *  NAME LF                    any other:
 *  +0   length, u64 little-endian
 *  +8   value, then LF
 * </pre>
 */
final class JournalEntry {
    private static final String IDENTIFIER = "twinpathd";

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    /** The entry of an event. */
    static byte[] of(Published published) {
        Event event = published.event();
        JournalEntry entry = new JournalEntry()
                .with("MESSAGE", event.line())
                .with("PRIORITY", Integer.toString(event.severity().priority()))
                .with("SYSLOG_IDENTIFIER", IDENTIFIER)
                .with("TWINPATH_EVENT", event.kind().text())
                .with("TWINPATH_NUMBER", Long.toString(published.number()));
        event.path().ifPresent(path -> entry.with("TWINPATH_PATH", path));
        event.link().ifPresent(link -> entry.with("TWINPATH_LINK", link));
        return entry.octets();
    }

    /** @param name of A-Z, 0-9 and _, not beginning with _ */
    JournalEntry with(String name, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        octets.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        if (value.indexOf('\n') < 0) {
            octets.write('=');
        } else {
            octets.write('\n');
            octets.writeBytes(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(text.length)
                    .array());
        }
        octets.writeBytes(text);
        octets.write('\n');
        return this;
    }

    byte[] octets() {
        return octets.toByteArray();
    }
}
