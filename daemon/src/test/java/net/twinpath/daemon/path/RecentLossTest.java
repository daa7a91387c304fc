package net.twinpath.daemon.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What a link lost lately: never more than it lost, however late its copies come and however unevenly frames come. */
class RecentLossTest {
    private static final long SAMPLE_MS = 250;
    private static final long WINDOW_MS = 5_000;

    private final RecentLoss loss = new RecentLoss(WINDOW_MS);

    @Test
    void fewFramesSayNothing() {
        loss.sample(new Reception(0, 0), 0);
        loss.sample(new Reception(0, RecentLoss.LEAST_FRAMES - 1), 1_000);
        loss.sample(new Reception(0, RecentLoss.LEAST_FRAMES - 1), 2_000);
        assertThat(loss.share()).isEmpty();

        loss.sample(new Reception(0, RecentLoss.LEAST_FRAMES), 3_000);
        assertThat(loss.share()).hasValue(1);
        assertThat(loss.least()).as("copies may be under way").isEmpty();
        loss.sample(new Reception(0, RecentLoss.LEAST_FRAMES), 3_000 + RecentLoss.SKEW_MS);
        assertThat(loss.least()).hasValue(1);
    }

    @Test
    void twoLostFramesOfAQuietPathAreNoLossYet() {
        loss.sample(new Reception(0, 0), 0);
        loss.sample(new Reception(28, 30), 1_000);
        loss.sample(new Reception(28, 30), 2_000);
        assertThat(loss.least()).hasValue(0);
        assertThat(loss.share().orElseThrow()).isPositive();

        loss.sample(new Reception(28, 31), 3_000);
        loss.sample(new Reception(28, 31), 4_000);
        assertThat(loss.least()).hasValue(3 / 31.0);
    }

    @Test
    void whatWasLostLongAgoDoesNotCount() {
        long now = 0;
        for (; now <= 20_000; now += SAMPLE_MS) {
            loss.sample(new Reception(0, now), now);
        }
        assertThat(loss.share()).hasValue(1);
        long healed = now;
        for (; now <= healed + WINDOW_MS + 2 * RecentLoss.SKEW_MS; now += SAMPLE_MS) {
            loss.sample(new Reception(now - healed, now), now);
        }
        assertThat(loss.share()).hasValue(0);
    }

    @Test
    void countersOfALinkThatWasTakenOutStartAnew() {
        loss.sample(new Reception(100, 1_000), 0);
        loss.sample(new Reception(100, 2_000), 1_000);
        loss.sample(new Reception(100, 500), 2_000);
        assertThat(loss.share()).isEmpty();
    }

    @Test
    void lateCopiesAndBurstsAreNoLoss() {
        SplittableRandom random = new SplittableRandom(20261121);
        for (int run = 0; run < 100; run++) {
            int skewMs = random.nextInt((int) (RecentLoss.SKEW_MS - SAMPLE_MS));
            double share = run % 4 == 0 ? random.nextDouble() : 0;
            RecentLoss judged = new RecentLoss(WINDOW_MS);
            int[] passedAt = new int[60_000];
            int[] heardAt = new int[60_000];
            for (int at = 0; at < 50_000; at++) {
                int frames = random.nextInt(1_000) < 5 ? random.nextInt(2_000) : random.nextInt(3);
                passedAt[at] = frames;
                for (int frame = 0; frame < frames; frame++) {
                    heardAt[at + skewMs] += random.nextDouble() < share ? 0 : 1;
                }
            }
            long passed = 0;
            long heard = 0;
            for (int at = 0; at < 50_000; at++) {
                passed += passedAt[at];
                heard += heardAt[at];
                if (at % SAMPLE_MS == 0) {
                    judged.sample(new Reception(heard, passed), at);
                    double most = share == 0 ? 0 : share + 0.15;
                    assertThat(judged.least().orElse(0))
                            .as("run %d, skew %d ms, loss %f", run, skewMs, share)
                            .isLessThanOrEqualTo(most);
                }
            }
        }
    }

    @Test
    void steadyLossIsTold() {
        for (int frames = 0; frames <= 20_000; frames += 250) {
            loss.sample(new Reception(frames * 7 / 10, frames), frames);
        }
        assertThat(loss.share()).hasValueCloseTo(0.30, Offset.offset(0.01));
        assertThat(loss.least().orElseThrow()).isBetween(0.20, 0.30);
    }
}
