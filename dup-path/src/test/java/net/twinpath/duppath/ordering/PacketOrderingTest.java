package net.twinpath.duppath.ordering;

import static net.twinpath.duppath.ordering.PacketOrdering.FORWARD_NOW;
import static net.twinpath.duppath.ordering.PacketOrdering.RESTART_RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.OrderingCounter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Packet ordering by a truth table and by its stated bounds, one frame at a time. */
class PacketOrderingTest {
    private static final int FLOW = 1;
    private static final int OTHER_FLOW = 2;
    private static final int FRAME_LENGTH = 64;
    private static final int BATCH = 4;
    private static final int HELD_LIMIT = 8;
    private static final long MS = 1_000_000;
    private static final long MAX_DELAY_MS = 10;
    private static final long TAKE_ANY_MS = 500;

    private final UnsafeBuffer memory = new UnsafeBuffer(new byte[(HELD_LIMIT + BATCH) * FRAME_LENGTH]);
    private final UnsafeBuffer arriving = new UnsafeBuffer(new byte[FRAME_LENGTH + 1]);
    private final PacketOrdering ordering = ordering(memory, HELD_LIMIT + BATCH);

    private static PacketOrdering ordering(UnsafeBuffer memory, int frames) {
        return new PacketOrdering(memory, frames, FRAME_LENGTH, BATCH, 3, MAX_DELAY_MS * MS, TAKE_ANY_MS * MS);
    }

    /** One line of the table: a number at a time, and the numbers that go then. */
    private void arrives(int number, long nowMs, Integer... going) {
        arrives(ordering, FLOW, number, nowMs, going);
    }

    private void arrives(PacketOrdering tested, int flow, int number, long nowMs, Integer... going) {
        List<Integer> gone = arrive(tested, flow, number, FRAME_LENGTH, nowMs);
        tested.recycle();
        assertThat(gone).as("number %d at %d ms", number, nowMs).containsExactly(going);
    }

    private List<Integer> arrive(PacketOrdering tested, int flow, int number, int length, long nowMs) {
        arriving.putInt(0, number);
        List<Integer> gone = new ArrayList<>();
        if (tested.arrive(flow, number, arriving, 0, length, nowMs * MS) == FORWARD_NOW) {
            gone.add(number);
        }
        gone.addAll(released(tested, nowMs));
        return gone;
    }

    private List<Integer> released(PacketOrdering tested, long nowMs) {
        List<Integer> gone = new ArrayList<>();
        while (tested.nextReleased(nowMs * MS)) {
            gone.add(memory.getInt(tested.releasedOffset()));
        }
        return gone;
    }

    private void nothingArrives(long nowMs, Integer... going) {
        assertThat(released(ordering, nowMs)).as("at %d ms", nowMs).containsExactly(going);
        ordering.recycle();
    }

    @Test
    void truthTable() {
        arrives(7, 0, 7); // 1 any number at the start
        arrives(8, 0, 8); // 2 the next
        arrives(8, 0, 8); // 3 the same again: not newer
        arrives(5, 0, 5); // 4 older
        arrives(9, 0, 9); // 5 which did not move the last sent back
        arrives(11, 0); // 6 ahead: held
        arrives(12, 1);
        arrives(10, 2, 10, 11, 12); // 7 the gap closes
        arrives(15, 3);
        arrives(17, 4);
        arrives(14, 5); // 8 closes one of two gaps
        arrives(13, 6, 13, 14, 15);
        arrives(16, 7, 16, 17);
        arrives(20, 10);
        arrives(19, 12);
        arrives(22, 14);
        nothingArrives(19); // 9 not yet
        nothingArrives(20, 19, 20); // 10 the oldest is due, and the one before it goes first
        nothingArrives(23);
        nothingArrives(24, 22);
        arrives(18, 25, 18); // 11 came too late
        arrives(21, 25, 21);
        arrives(23, 25, 23);
    }

    @Test
    void dueFrameTakesAlongThoseThatFollowIt() {
        arrives(0, 0, 0);
        arrives(2, 0);
        arrives(3, 5);
        arrives(5, 6);
        nothingArrives(10, 2, 3);
        nothingArrives(16, 5);
        assertThat(ordering.counters().value(OrderingCounter.RELEASED_BY_DELAY)).isEqualTo(2);
        assertThat(ordering.counters().value(OrderingCounter.RELEASED_IN_ORDER)).isEqualTo(1);
    }

    @Test
    void missingFrameThatComesBeforeADueOneIsAskedForStillGoesFirst() {
        arrives(0, 0, 0);
        arrives(2, 0);
        arrives(1, 50, 1, 2);
    }

    @Test
    void numbersGoOnOverTheWrap() {
        arrives(65_533, 0, 65_533);
        arrives(65_535, 0);
        arrives(1, 0);
        arrives(0, 0);
        arrives(65_534, 0, 65_534, 65_535, 0, 1);
        arrives(65_535, 0, 65_535); // older, not ahead
    }

    @Test
    void numbersGoOnForMoreThanTwoToThe31() {
        int number = 0;
        arrives(0, 0, 0);
        for (long step = 1; step <= 150_000; step++) { // 4.5 thousand million numbers
            number = (number + 30_000) & 0xFFFF;
            arrives(number, step * 20);
            nothingArrives(step * 20 + MAX_DELAY_MS, number);
        }
        arrives((number + 2) & 0xFFFF, 3_000_011);
        arrives((number + 1) & 0xFFFF, 3_000_012, (number + 1) & 0xFFFF, (number + 2) & 0xFFFF);
    }

    @Test
    void framesHeldOnBothSidesOfTwoToThe31GoInOrder() {
        int jump = 0x7FFF;
        int number = 0;
        long nowMs = 0;
        arrives(0, 0, 0);
        for (long sent = 0; sent < (1L << 31) - 2L * jump; sent += jump) {
            number = (number + jump) & 0xFFFF;
            nowMs += 20;
            arrives(number, nowMs);
            nothingArrives(nowMs + MAX_DELAY_MS, number);
        }
        int onTheOtherSide = number + jump + (int) ((1L << 31) % jump); // this one is 2 to the 31
        int last = (onTheOtherSide - 20) & 0xFFFF;
        int before = (onTheOtherSide - 10) & 0xFFFF;
        int behind = (onTheOtherSide + 5) & 0xFFFF;
        arrives(last, nowMs + 20);
        nothingArrives(nowMs + 20 + MAX_DELAY_MS, last);
        arrives(behind, nowMs + 40);
        arrives(before, nowMs + 40);
        nothingArrives(nowMs + 40 + MAX_DELAY_MS, before, behind);
    }

    @Test
    void anyNumberIsTakenAfterALongSilence() {
        arrives(100, 0, 100);
        arrives(200, TAKE_ANY_MS); // not longer than the time
        nothingArrives(TAKE_ANY_MS + MAX_DELAY_MS, 200);
        arrives(90, 2 * TAKE_ANY_MS + 1, 90);
        arrives(92, 2 * TAKE_ANY_MS + 1);
        arrives(91, 2 * TAKE_ANY_MS + 1, 91, 92);
    }

    @Test
    void callerThatSleptOverTheSilenceStillGetsHeldFramesFirst() {
        arrives(100, 0, 100);
        arrives(102, 0);
        arrives(103, TAKE_ANY_MS + 1, 102, 103);
    }

    @Test
    void senderThatStartsAgainIsNeverHeldUpAndIsFollowedAfterAShortRun() {
        arrives(30_000, 0, 30_000);
        int number = 5;
        for (long nowMs = 1; nowMs <= MAX_DELAY_MS; nowMs++) {
            arrives(number, nowMs, number);
            number++;
        }
        for (int run = (int) MAX_DELAY_MS; run < RESTART_RUN; run++) {
            arrives(number, 11, number);
            number++;
        }
        arrives(number + 1, 11);
        arrives(number, 12, number, number + 1);
        assertThat(ordering.counters().value(OrderingCounter.PASSED_LATE)).isEqualTo(RESTART_RUN);
    }

    @Test
    void burstOfLateFramesIsNoRestartWhileNewerOnesCome() {
        arrives(1_000, 0, 1_000);
        for (int late = 0; late < 100; late++) {
            arrives(500 + late, 5, 500 + late);
        }
        arrives(1_001, 6, 1_001);
        for (int late = 0; late < 100; late++) {
            arrives(600 + late, 12, 600 + late);
        }
        arrives(1_002, 13, 1_002);
    }

    @Test
    void numberFarAheadWaitsForTheDelayAndNoLonger() {
        arrives(10, 0, 10);
        arrives(20_010, 1);
        arrives(11, 2, 11);
        nothingArrives(11, 20_010);
        int number = 12;
        for (int run = 0; run < RESTART_RUN; run++) {
            arrives(number, 13, number);
            number++;
        }
        arrives(number + 1, 13); // followed again
        arrives(number, 13, number, number + 1);
    }

    @Test
    void flowsHaveTheirOwnNumbersAndGaps() {
        arrives(ordering, FLOW, 10, 0, 10);
        arrives(ordering, OTHER_FLOW, 500, 0, 500);
        arrives(ordering, FLOW, 12, 0);
        arrives(ordering, OTHER_FLOW, 11, 0, 11);
        arrives(ordering, OTHER_FLOW, 501, 0, 501);
        arrives(ordering, OTHER_FLOW, 503, 3);
        nothingArrives(10, 12);
        arrives(ordering, OTHER_FLOW, 502, 11, 502, 503);
    }

    @Test
    void resetReleasesWhatIsHeldAndTakesAnyNumber() {
        arrives(10, 0, 10);
        arrives(14, 0);
        arrives(12, 0);
        arrives(ordering, OTHER_FLOW, 1, 0, 1);
        arrives(ordering, OTHER_FLOW, 3, 0);
        ordering.reset(FLOW);
        assertThat(ordering.dueInNs(0)).isZero();
        nothingArrives(0, 12, 14);
        arrives(9, 0, 9);
        arrives(10, 0, 10);
        arrives(ordering, OTHER_FLOW, 2, 0, 2, 3);
        assertThat(ordering.counters().value(OrderingCounter.RELEASED_EARLY)).isEqualTo(2);
    }

    @Test
    void oldestFrameGoesEarlyWhenMemoryIsFull() {
        arrives(ordering, OTHER_FLOW, 100, 0, 100);
        arrives(ordering, OTHER_FLOW, 103, 0);
        arrives(ordering, OTHER_FLOW, 102, 1);
        arrives(ordering, OTHER_FLOW, 104, 1);
        arrives(0, 2, 0);
        for (int held = 0; held < HELD_LIMIT - 3; held++) {
            arrives(2 + held, 2);
        }
        arrives(50, 3, 102, 103, 104);
        arrives(1, 4, 1, 2, 3, 4, 5, 6);
        CounterBlock counters = ordering.counters();
        assertThat(counters.value(OrderingCounter.RELEASED_EARLY)).isEqualTo(2);
        assertThat(counters.value(OrderingCounter.RELEASED_IN_ORDER)).isEqualTo(6);
        assertThat(counters.value(OrderingCounter.HELD)).isEqualTo(9);
    }

    @Test
    void frameThatItselfFillsMemoryGoesInItsOrder() {
        arrives(0, 0, 0);
        for (int number = 2; number < 2 + HELD_LIMIT; number++) {
            arrives(number, 0);
        }
        arrives(2 + HELD_LIMIT, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void batchLongerThanStatedPassesFramesUnheldAndLosesNone() {
        arrives(0, 0, 0);
        List<Integer> gone = new ArrayList<>();
        for (int number = 2; number < 30; number += 2) { // all in one batch, which gives no memory back
            gone.addAll(arrive(ordering, FLOW, number, FRAME_LENGTH, 0));
        }
        // 8 are held and 4 released early; the 13th passes at once, and with it all before it.
        assertThat(gone).containsExactly(2, 4, 6, 8, 26, 10, 12, 14, 16, 18, 20, 22, 24, 28);
        assertThat(ordering.counters().value(OrderingCounter.PASSED_UNHELD)).isEqualTo(2);
    }

    @Test
    void frameTooLongForASlotPassesAtOnceAndIsFollowed() {
        arrives(0, 0, 0);
        arrives(2, 0);
        assertThat(arrive(ordering, FLOW, 4, FRAME_LENGTH + 1, 0)).containsExactly(4, 2);
        arrives(5, 0, 5);
        assertThat(ordering.counters().value(OrderingCounter.PASSED_UNHELD)).isEqualTo(1);
    }

    @Test
    void releasedFramesStayWhereTheyLieUntilRecycled() {
        arrives(0, 0, 0);
        arrives(2, 0);
        arrive(ordering, FLOW, 1, FRAME_LENGTH, 0);
        int released = ordering.releasedOffset();
        assertThat(ordering.releasedLength()).isEqualTo(FRAME_LENGTH);
        for (int number = 10; number < 10 + BATCH; number++) {
            arrive(ordering, FLOW, number, FRAME_LENGTH, 0);
        }
        assertThat(memory.getInt(released)).isEqualTo(2);
        ordering.recycle();
        arrive(ordering, FLOW, 20, FRAME_LENGTH, 0);
        assertThat(memory.getInt(released)).as("its slot is used again").isEqualTo(20);
    }

    @Test
    void memoryRecycledInTheMiddleOfADrainIsThatOfFramesTakenOnly() {
        arrives(0, 0, 0);
        for (int number = 2; number < 8; number++) {
            arrives(number, 0);
        }
        arriving.putInt(0, 1);
        ordering.arrive(FLOW, 1, arriving, 0, FRAME_LENGTH, 0);
        assertThat(ordering.nextReleased(0)).isTrue();
        ordering.recycle();
        assertThat(ordering.dueInNs(0)).isZero();
        arriving.setMemory(0, FRAME_LENGTH, (byte) 0xFF);
        for (int number = 10; number < 10 + BATCH; number++) {
            ordering.arrive(OTHER_FLOW, number * 2, arriving, 0, FRAME_LENGTH, 0);
        }
        nothingArrives(0, 3, 4, 5, 6, 7);
    }

    @Test
    void saysHowLongUntilTheOldestFrameIsDue() {
        assertThat(ordering.dueInNs(-5)).isEqualTo(Long.MAX_VALUE);
        arrives(0, 3, 0);
        arrives(2, 3);
        arrives(3, 5);
        assertThat(ordering.dueInNs(4 * MS)).isEqualTo(9 * MS);
        assertThat(ordering.dueInNs(99 * MS)).isZero();
        nothingArrives(13, 2, 3);
        assertThat(ordering.dueInNs(13 * MS)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void clockMayBeNegativeAndPassItsLargestValue() {
        long startMs = -1;
        arrives(0, startMs, 0);
        arrives(2, startMs);
        nothingArrives(8);
        nothingArrives(9, 2);
        arriving.putInt(0, 4);
        long lastNs = Long.MAX_VALUE;
        ordering.reset(FLOW);
        ordering.arrive(FLOW, 2, arriving, 0, FRAME_LENGTH, lastNs);
        ordering.arrive(FLOW, 4, arriving, 0, FRAME_LENGTH, lastNs);
        assertThat(ordering.nextReleased(lastNs + MS)).isFalse();
        assertThat(ordering.dueInNs(lastNs + MS)).isEqualTo(9 * MS);
        assertThat(ordering.nextReleased(lastNs + 10 * MS)).isTrue();
    }

    @Test
    void memoryWithoutRoomForAHeldFrameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ordering(memory, BATCH))
                .withMessageContaining("must be more than the 4 of a batch");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ordering(memory, HELD_LIMIT + BATCH + 1))
                .withMessageContaining("fit into 768 octets");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PacketOrdering(memory, HELD_LIMIT, FRAME_LENGTH, BATCH, 1, 10, 9))
                .withMessageContaining("POFTakeAnyTime, 9 ns");
    }
}
