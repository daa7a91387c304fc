package net.twinpath.duppath.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.stream.NaiveIdentification.Answers;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random frames against random lists of 1 to 1000 matches, compared with a search from match to match. */
class StreamOracleTest {
    private static final int LISTS = 80;
    private static final int FRAMES_PER_LIST = 4_000;

    private int found;
    private int followed;
    private int forgotten;

    /** 1.28 million frames over 320 lists, in frames that end where their memory ends. */
    @ParameterizedTest
    @ValueSource(longs = {0x5E55101DL, 0xC0FFEEL, 0xDECAFL, 0xFACADEL})
    void agreesWithTheOracle(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int list = 0; list < LISTS; list++) {
            // As many lists of one to ten as of a hundred to a thousand.
            int size = (int) Math.round(Math.pow(10, 3.0 * list / (LISTS - 1)));
            compare(random, RandomStreams.matches(random, size));
        }
        assertThat(found).as("frames of a stream").isGreaterThan(LISTS * FRAMES_PER_LIST / 4);
        assertThat(followed)
                .as("fragments that are their first one's stream only")
                .isGreaterThan(1_000);
        assertThat(forgotten)
                .as("fragments whose first was put out of its place")
                .isLessThan(followed / 10);
    }

    private void compare(SplittableRandom random, List<StreamMatch> matches) {
        StreamIdentification tested = new StreamIdentification(matches);
        NaiveIdentification oracle = new NaiveIdentification(matches);
        Frame frame = new Frame();
        for (int i = 0; i < FRAMES_PER_LIST; i++) {
            byte[] octets = RandomFrames.frame(random);
            int identified = tested.identify(place(frame, octets, random.nextInt(9)));
            Answers answers = oracle.identify(octets);
            if (identified != answers.remembering() && identified != answers.forgetting()) {
                fail("%d instead of %s%n%s%n%s"
                        .formatted(identified, answers, HexFormat.of().formatHex(octets), matches));
            }
            found += identified == StreamIdentification.NONE ? 0 : 1;
            if (answers.remembering() != answers.forgetting()) {
                followed += identified == answers.remembering() ? 1 : 0;
                forgotten += identified == answers.remembering() ? 0 : 1;
            }
        }
    }

    private static Frame place(Frame frame, byte[] octets, int offset) {
        byte[] memory = new byte[offset + octets.length];
        Arrays.fill(memory, (byte) 0x45);
        System.arraycopy(octets, 0, memory, offset, octets.length);
        return frame.wrap(new UnsafeBuffer(memory), offset, octets.length, octets.length);
    }
}
