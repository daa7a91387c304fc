package net.twinpath.duppath.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.nodes.NodeTable;
import net.twinpath.duppath.nodes.ProxyNodeTable;
import net.twinpath.duppath.port.Port;
import net.twinpath.duppath.port.PortSettings;
import net.twinpath.duppath.recovery.DuplicateDiscard;
import net.twinpath.duppath.recovery.UnseenNumbers;
import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Thousands of senders at once on two links that lose: what any link brings passes, and nothing twice. */
class ManySendersTest {
    private static final int PLACES = 8_192;
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;

    /** How much later, in frames, a link brings what the other one brought. */
    private static final int SKEW = 5_000;

    private final CounterBlock counters = new CounterBlock();
    private final Port[] links = {link(0), link(1)};
    private Senders senders = senders();
    private long nowNs = 100 * SECOND;

    private static Port link(int place) {
        return Port.inMemory(new PortSettings("lan" + place, 1 + place, 1500, 0), place);
    }

    private Senders senders() {
        return new Senders(
                new NodeTable(memory(PLACES * NodeTable.BYTES_PER_PLACE), PLACES, 42),
                new DuplicateDiscard(memory(DuplicateDiscard.bytes(PLACES, 2)), PLACES, 2),
                unseen(UnseenNumbers.WHOLE_RANGE, DupPathCounter.IN_UNSEEN),
                unseen(1_024, DupPathCounter.IN_SUPERVISION_LOST),
                new ProxyNodeTable(memory(ProxyNodeTable.BYTES), 42),
                counters,
                new LeadTimes(memory(LeadTimes.BYTES)),
                0);
    }

    private UnseenNumbers unseen(int window, DupPathCounter counter) {
        return new UnseenNumbers(memory(UnseenNumbers.bytes(PLACES, window)), PLACES, window, counters, counter);
    }

    private static UnsafeBuffer memory(int octets) {
        return new UnsafeBuffer(new byte[octets]);
    }

    @AfterEach
    void close() {
        links[0].close();
        links[1].close();
    }

    private boolean passes(long sender, int link, int number) {
        senders.tick(nowNs);
        senders.heardMarked(sender, links[link], nowNs);
        return senders.isFirst(links[link], link, number & 0xFFFF, nowNs);
    }

    private static long address(int sender) {
        return 0x02_00_00_00_00_00L + sender * 7_919L;
    }

    /**
     * Each frame is some sender's next one; a few senders speak far more than the others. Link B brings it later, each link
     * loses it now and then, and in the middle another instance goes on from what this one has taken down.
     */
    @ParameterizedTest
    @CsvSource({"1, 4000", "2, 4096", "3, 6000", "4, 8192"})
    void nothingPassesTwiceAndNothingIsLost(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        int frames = 1_500_000;
        int[] sender = new int[frames];
        int[] number = new int[frames];
        boolean[] isLostOnB = new boolean[frames];
        int[] next = new int[count];
        for (int i = 0; i < count; i++) {
            next[i] = random.nextInt(0x1_0000);
        }
        BitSet passed = new BitSet();
        BitSet brought = new BitSet();
        int twice = 0;
        for (int frame = 0; frame < frames + SKEW; frame++) {
            nowNs += 10_000; // 100 000 frames a second; link B is 50 ms late
            if (frame == frames / 2) {
                goOn();
            }
            if (frame < frames) {
                sender[frame] = random.nextInt(4) == 0 ? random.nextInt(8) : random.nextInt(count);
                number[frame] = next[sender[frame]]++;
                isLostOnB[frame] = random.nextInt(10) == 0;
                if (random.nextInt(10) != 0) {
                    brought.set(frame);
                    if (passes(address(sender[frame]), 0, number[frame])) {
                        passed.set(frame);
                    }
                }
            }
            int late = frame - SKEW;
            if (late >= 0 && !isLostOnB[late]) {
                brought.set(late);
                if (passes(address(sender[late]), 1, number[late])) {
                    twice += passed.get(late) ? 1 : 0;
                    passed.set(late);
                }
            }
        }
        assertThat(twice).as("frames that passed twice").isZero();
        assertThat(passed).as("frames of which a link brought a copy").isEqualTo(brought);
        assertThat(counters.value(DupPathCounter.IN_NODE_TABLE_FULL)).isZero();
        nowNs += 10 * SECOND;
        for (int i = 0; i < 40; i++) {
            nowNs += 250 * MS;
            senders.tick(nowNs);
        }
        int lost = frames - brought.cardinality();
        assertThat(counters.value(DupPathCounter.IN_UNSEEN))
                .as("numbers that no link brought, but for those before the first and behind the last of a sender")
                .isBetween((long) lost - count, (long) lost);
    }

    private void goOn() {
        StateOutput out = new StateOutput();
        senders.save(out);
        senders = senders();
        StateInput in = new StateInput(out.octets());
        senders.load(in);
        assertThat(in.isAtEnd()).isTrue();
    }

    @Test
    void whatIsTakenDownOfThousandsOfSlowSendersIsSmall() {
        for (int round = 0; round < 100; round++) {
            for (int sender = 0; sender < 4_096; sender++) {
                nowNs += 10_000;
                passes(address(sender), 0, round * 700);
            }
        }
        StateOutput out = new StateOutput();
        senders.save(out);
        assertThat(out.octets().capacity()).isLessThan(16 << 20);
    }

    /** Made-up addresses, each with numbers all over the range, while honest ones speak. */
    @Test
    void aFloodOfForgedNumbersCostsHonestSendersNothing() {
        SplittableRandom random = new SplittableRandom(5);
        int twice = 0;
        int lost = 0;
        for (int frame = 0; frame < 400_000; frame++) {
            nowNs += 5_000;
            passes(address(100 + random.nextInt(4_000)), random.nextInt(2), random.nextInt(0x1_0000));
            int honest = frame % 100;
            lost += passes(address(honest), 0, frame / 100) ? 0 : 1;
            twice += passes(address(honest), 1, frame / 100) ? 1 : 0;
        }
        assertThat(lost).isZero();
        assertThat(twice).isZero();
    }

    @Test
    void whereAllPlacesAreTakenFramesPassTwiceAndAreCountedUntilSendersAreForgotten() {
        for (int sender = 0; sender < PLACES; sender++) {
            assertThat(passes(address(sender), 0, 1)).isTrue();
            assertThat(passes(address(sender), 1, 1)).isFalse();
        }
        assertThat(passes(address(PLACES), 0, 1)).isTrue();
        assertThat(passes(address(PLACES), 1, 1)).isTrue();
        assertThat(counters.value(DupPathCounter.IN_NODE_TABLE_FULL)).isEqualTo(2);
        assertThat(passes(address(0), 1, 1)).as("who has a place keeps it").isFalse();

        nowNs += 2 * NodeTable.NODE_FORGET_TIME_NS;
        for (int i = 0; i < 8; i++) {
            nowNs += 250 * MS;
            senders.tick(nowNs);
        }
        assertThat(passes(address(PLACES), 0, 1)).isTrue();
        assertThat(passes(address(PLACES), 1, 1)).isFalse();
    }
}
