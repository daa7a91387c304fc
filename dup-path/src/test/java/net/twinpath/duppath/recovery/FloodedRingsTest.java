package net.twinpath.duppath.recovery;

import static net.twinpath.duppath.recovery.SequenceRecovery.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import net.twinpath.duppath.counters.CounterBlock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where full rings lose most frames on cores that others fight for, of the rest none passes twice, and hardly one is lost. */
class FloodedRingsTest {
    private static final int FRAMES = 6_000_000;
    private static final long LONGEST_PAUSE_NS = 300_000_000;

    private final BitSet heard = new BitSet();
    private final BitSet passed = new BitSet();
    private int twice;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4, 8, 12, 14, 18, 23})
    void duplicateDiscardPassesNoFrameTwice(long seed) {
        var memory = new UnsafeBuffer(new byte[DuplicateDiscard.bytes(1, 2)]);
        DuplicateDiscard discard = new DuplicateDiscard(memory, 1, 2);
        discard.reset(0);
        run(seed, (link, frame, arrivedNs) -> {
            int verdict = discard.accept(0, link, frame & 0xFFFF, arrivedNs);
            note(frame, verdict == DuplicateDiscard.FIRST || verdict == DuplicateDiscard.RESTART);
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4, 8, 12, 14, 18, 23})
    void vectorRecoveryPassesNoFrameTwice(long seed) {
        SequenceRecovery recovery = SequenceRecovery.of(RecoverySettings.defaults(2), 2, CounterBlock.ofStream());
        run(seed, (link, frame, arrivedNs) -> note(frame, recovery.recover(link, frame & 0xFFFF, arrivedNs) == PASS));
    }

    private void run(long seed, FloodedRings.Receiver receiver) {
        FloodedRings rings = new FloodedRings(new SplittableRandom(seed), LONGEST_PAUSE_NS);
        rings.run(FRAMES, receiver);
        assertThat(rings.lost()).as("copies lost in full rings").isGreaterThan(FRAMES);
        assertThat(twice).as("frames passed twice, seed %d", seed).isZero();
        BitSet dropped = (BitSet) heard.clone();
        dropped.andNot(passed);
        assertThat(dropped.cardinality())
                .as("of %d frames heard, those never passed", heard.cardinality())
                .isLessThan(heard.cardinality() / 10_000);
    }

    private void note(int frame, boolean isPassed) {
        heard.set(frame);
        if (isPassed && passed.get(frame)) {
            twice++;
        }
        passed.set(frame, isPassed || passed.get(frame));
    }
}
