package net.twinpath.duppath.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.SplittableRandom;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A function that goes on from what another has taken down judges as that one does, whatever came before and comes after:
 * links behind each other, loss, forged numbers, jumps ahead and back, pauses.
 */
class SavedStateTest {
    private static final int LINKS = 3;
    private static final int ROUNDS = 300;
    private static final int FRAMES = 400;
    private static final long MS = 1_000_000;

    /** Numbers that links bring one behind the other. */
    private static final class Traffic {
        private final SplittableRandom random;
        private final int[] next = new int[LINKS];
        private int number;
        private long nowNs = 1_000 * MS;
        int link;

        Traffic(SplittableRandom random) {
            this.random = random;
            jump();
        }

        private void jump() {
            number = random.nextInt(0x1_0000);
            for (int i = 0; i < LINKS; i++) {
                next[i] = number - random.nextInt(40);
            }
        }

        int number() {
            link = random.nextInt(LINKS);
            nowNs += random.nextInt(20) == 0 ? random.nextLong(300 * MS) : random.nextLong(MS);
            switch (random.nextInt(60)) {
                case 0 -> jump();
                case 1 -> next[link] += random.nextInt(200);
                case 2 -> next[link] -= random.nextInt(100);
                case 3, 4 -> {
                    return random.nextInt(0x1_0000);
                }
                default -> {}
            }
            return next[link]++ & 0xFFFF;
        }
    }

    @ParameterizedTest
    @CsvSource({"VECTOR, 2", "VECTOR, 64", "VECTOR, 100", "VECTOR, 4096", "VECTOR, 65536", "MATCH, 2"})
    void recoveryGoesOn(RecoveryAlgorithm algorithm, int historyLength) {
        RecoverySettings settings = new RecoverySettings(
                algorithm, historyLength, 200 * MS, false, historyLength == 100, true, LatentErrorSettings.off());
        SplittableRandom random = new SplittableRandom(0x5A7ED + historyLength);
        int passed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Traffic traffic = new Traffic(random);
            SequenceRecovery first = SequenceRecovery.of(settings, LINKS, CounterBlock.ofStream());
            for (int i = random.nextInt(FRAMES); i > 0; i--) {
                int number = traffic.number();
                first.recover(traffic.link, number, traffic.nowNs);
            }
            StateOutput out = new StateOutput();
            first.save(out);
            SequenceRecovery second = SequenceRecovery.of(settings, LINKS, CounterBlock.ofStream());
            StateInput in = new StateInput(out.octets());
            second.load(in);
            assertThat(in.isAtEnd()).isTrue();
            for (int i = 0; i < FRAMES; i++) {
                int number = traffic.number();
                int verdict = first.recover(traffic.link, number, traffic.nowNs);
                assertThat(second.recover(traffic.link, number, traffic.nowNs))
                        .as("round %d, frame %d", round, i)
                        .isEqualTo(verdict);
                passed += verdict == SequenceRecovery.PASS ? 1 : 0;
            }
        }
        assertThat(passed).isBetween(ROUNDS * FRAMES / 20, ROUNDS * FRAMES - 1);
    }

    @Test
    void duplicateDiscardGoesOnInAnotherPlace() {
        SplittableRandom random = new SplittableRandom(0x5A7EE);
        for (int round = 0; round < ROUNDS; round++) {
            Traffic traffic = new Traffic(random);
            DuplicateDiscard first = discard(1);
            first.reset(0);
            for (int i = random.nextInt(FRAMES); i > 0; i--) {
                int number = traffic.number();
                first.accept(0, traffic.link, number, traffic.nowNs);
                if (random.nextInt(50) == 0) {
                    first.tick(traffic.nowNs);
                }
            }
            StateOutput out = new StateOutput();
            first.save(0, out);
            DuplicateDiscard second = discard(3);
            StateInput in = new StateInput(out.octets());
            second.load(2, in);
            assertThat(in.isAtEnd()).isTrue();
            for (int i = 0; i < FRAMES; i++) {
                int number = traffic.number();
                assertThat(second.accept(2, traffic.link, number, traffic.nowNs))
                        .isEqualTo(first.accept(0, traffic.link, number, traffic.nowNs));
            }
        }
    }

    private static DuplicateDiscard discard(int senders) {
        return new DuplicateDiscard(new UnsafeBuffer(new byte[DuplicateDiscard.bytes(senders, LINKS)]), senders, LINKS);
    }

    @Test
    void stateThatIsCutShortIsRefused() {
        StateOutput out = new StateOutput();
        out.putLong(1);
        out.putBoolean(true);
        StateInput in = new StateInput(new UnsafeBuffer(out.octets(), 0, 11));
        assertThat(in.getLong()).isEqualTo(1);
        assertThatIllegalStateException().isThrownBy(in::getBoolean).withMessageContaining("ends after 11 octets");
    }
}
