package net.twinpath.duppath.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Devices on the inside port are known while they are heard there, and bounded in number. */
class ProxyNodeTableTest {
    private static final long DEVICE = 0x020000000001L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long START_NS = 5 * SECOND_NS;

    private final ProxyNodeTable table = new ProxyNodeTable(new UnsafeBuffer(new byte[ProxyNodeTable.BYTES]), 42);

    @Test
    void deviceIsInsideUntilItWasSilentForAMinute() {
        assertThat(table.isInside(DEVICE, START_NS)).isFalse();
        assertThat(table.heardInside(DEVICE, START_NS)).isTrue();
        assertThat(table.isInside(DEVICE, START_NS + 60 * SECOND_NS)).isTrue();
        assertThat(table.isInside(DEVICE, START_NS + 60 * SECOND_NS + 1)).isFalse();
        assertThat(table.devices(START_NS)).containsExactly(DEVICE);
        assertThat(table.devices(START_NS + 61 * SECOND_NS)).isEmpty();
    }

    @Test
    void deviceHeardOnALinkSoonAfterIsALoopAndLaterHasMoved() {
        table.heardInside(DEVICE, START_NS);
        assertThat(table.isLoopedBack(DEVICE, START_NS + SECOND_NS, 2 * SECOND_NS))
                .isTrue();
        assertThat(table.isInside(DEVICE, START_NS + SECOND_NS)).isTrue();

        assertThat(table.isLoopedBack(DEVICE, START_NS + 3 * SECOND_NS, 2 * SECOND_NS))
                .isFalse();
        assertThat(table.isInside(DEVICE, START_NS + 3 * SECOND_NS)).isFalse();
        table.heardInside(DEVICE, START_NS + 4 * SECOND_NS);
        assertThat(table.isInside(DEVICE, START_NS + 4 * SECOND_NS)).isTrue();
    }

    @Test
    void devicesBeyondItsRoomAreRefusedAndTheKnownOnesKept() {
        SplittableRandom random = new SplittableRandom(7);
        Map<Long, Boolean> taken = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            long address = random.nextLong(1L << 48) | 1;
            taken.merge(address, table.heardInside(address, START_NS), Boolean::logicalOr);
        }
        taken.forEach((address, known) ->
                assertThat(table.isInside(address, START_NS)).as("%x", address).isEqualTo(known));
        assertThat(table.devices(START_NS)).hasSizeBetween(ProxyNodeTable.CAPACITY / 2, ProxyNodeTable.CAPACITY);

        long afterwards = START_NS + 61 * SECOND_NS;
        assertThat(table.heardInside(DEVICE, afterwards)).isTrue();
        assertThat(table.devices(afterwards)).containsExactly(DEVICE);
    }
}
