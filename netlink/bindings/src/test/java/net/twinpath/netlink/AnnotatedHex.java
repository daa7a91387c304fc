package net.twinpath.netlink;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteOrder;
import java.util.stream.Collectors;

/** Octets written down in a test, a field on each line and its meaning behind a {@code #}. */
public final class AnnotatedHex {
    private AnnotatedHex() {}

    /** The octets alone, in hexadecimal; skips the test on a machine whose numbers are the other way round. */
    public static String littleEndian(String annotated) {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "written down for a little-endian machine");
        return annotated
                .lines()
                .map(line -> line.replaceFirst("#.*", "").replace(" ", ""))
                .collect(Collectors.joining());
    }
}
