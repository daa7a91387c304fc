package net.twinpath.duppath.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages are zero when taken, one sender's alone, found again, and two of each sender's for certain. */
class NumberPagesTest {
    private static final int WHOLE_RANGE = 65_536;
    private static final int PLACES = WHOLE_RANGE / NumberPages.NUMBERS;
    private static final int PAGE_BYTES = 16;

    private static NumberPages pages(UnsafeBuffer memory, int senders) {
        return new NumberPages(memory, 0, senders, WHOLE_RANGE, PAGE_BYTES);
    }

    private static UnsafeBuffer memory(int senders) {
        return new UnsafeBuffer(new byte[NumberPages.bytes(senders, WHOLE_RANGE, PAGE_BYTES)]);
    }

    /** A plain map of who has which page, and what was written there. */
    @ParameterizedTest
    @ValueSource(ints = {3, 200})
    void areKeptApart(int senders) {
        UnsafeBuffer memory = memory(senders);
        NumberPages pages = pages(memory, senders);
        Map<Integer, Long> written = new HashMap<>();
        SplittableRandom random = new SplittableRandom(0x9A6E5 + senders);
        int found = 0;
        for (int step = 0; step < 300_000; step++) {
            int sender = random.nextInt(senders);
            int number = random.nextInt(WHOLE_RANGE);
            int key = sender * PLACES + number / NumberPages.NUMBERS;
            int page = pages.find(sender, number);
            if (page != 0) {
                assertThat(memory.getLong(page)).isEqualTo(written.get(key));
                found++;
            } else {
                int held = pages.held(sender);
                page = pages.take(sender, number);
                assertThat(memory.getLong(page)).isZero();
                assertThat(pages.held(sender)).isBetween(held, held + 1);
                long value = random.nextLong() | 1;
                memory.putLong(page, value);
                written.put(key, value);
            }
            assertThat(pages.find(sender, number)).isEqualTo(page);
            if (random.nextInt(1_000) == 0) {
                pages.giveAll(sender);
                assertThat(pages.held(sender)).isZero();
            } else if (random.nextInt(50) == 0) {
                giveOne(pages, random);
            }
        }
        assertThat(found).isGreaterThan(10_000);
    }

    private static void giveOne(NumberPages pages, SplittableRandom random) {
        int page = random.nextInt(1, pages.last() + 1);
        if (pages.isTaken(page)) {
            int sender = pages.sender(page);
            int number = pages.firstNumber(page);
            assertThat(pages.find(sender, number)).isEqualTo(pages.offset(page));
            pages.give(page);
            assertThat(pages.find(sender, number)).isZero();
        }
    }

    @Test
    void whoTakesAllSharedPagesLeavesTwoToEachOther() {
        int senders = 1_000;
        NumberPages pages = pages(memory(senders), senders);
        for (int sender = 500; sender < senders; sender++) {
            for (int number = 0; number < WHOLE_RANGE; number += NumberPages.NUMBERS) {
                pages.take(sender, number);
            }
        }
        for (int sender = 0; sender < 500; sender++) {
            for (int number = 0; number < 5 * NumberPages.NUMBERS; number += NumberPages.NUMBERS) {
                pages.take(sender, number);
            }
            assertThat(pages.held(sender)).isEqualTo(NumberPages.OWN);
            assertThat(pages.find(sender, 3 * NumberPages.NUMBERS))
                    .as("the last two")
                    .isNotZero();
            assertThat(pages.find(sender, 4 * NumberPages.NUMBERS)).isNotZero();
        }
        assertThat(pages.last()).isEqualTo(senders * NumberPages.OWN + NumberPages.SHARED);
    }

    @Test
    void whatIsGivenIsTakenBeforeMemoryIsTouchedThatNobodyHadYet() {
        NumberPages pages = pages(memory(100), 100);
        for (int round = 0; round < 1_000; round++) {
            pages.take(round % 100, round * 61 & 0xFFFF);
            pages.giveAll(round % 100);
        }
        assertThat(pages.last()).isEqualTo(1);
    }
}
