package net.twinpath.tests.impairment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeldFramesTest {
    private static final int SLOTS = 64;
    private static final int SLOT_BYTES = 16;

    private final HeldFrames held = new HeldFrames(SLOTS, SLOT_BYTES);

    private record Expected(long dueNs, long number) {}

    @Test
    void framesLeaveWhenDueAndThoseOfOneTimeInTheOrderTheyCame() {
        SplittableRandom random = new SplittableRandom(1);
        List<Expected> oracle = new ArrayList<>();
        for (long number = 0; number < 20_000; number++) {
            if (!held.isFull() && random.nextInt(100) < 55) {
                Expected frame = new Expected(random.nextLong(50), number);
                HeldFrames.Slot slot = held.hold(frame.dueNs(), SLOT_BYTES, number);
                held.memory().putLong(slot.offset() + SLOT_BYTES - Long.BYTES, number);
                oracle.add(frame);
            } else if (!held.isEmpty()) {
                // min is the first of equals.
                Expected first = oracle.stream()
                        .min(Comparator.comparingLong(Expected::dueNs))
                        .orElseThrow();
                oracle.remove(first);
                assertTaken(first);
            }
            assertThat(held.isFull()).isEqualTo(oracle.size() == SLOTS);
            assertThat(held.isEmpty()).isEqualTo(oracle.isEmpty());
        }
    }

    private void assertTaken(Expected first) {
        assertThat(held.firstDueNs()).isEqualTo(first.dueNs());
        HeldFrames.Slot slot = held.takeFirst();
        assertThat(slot.frameNumber()).isEqualTo(first.number());
        assertThat(slot.length()).isEqualTo(SLOT_BYTES);
        assertThat(held.memory().getLong(slot.offset() + SLOT_BYTES - Long.BYTES))
                .isEqualTo(first.number());
        held.release(slot);
    }
}
