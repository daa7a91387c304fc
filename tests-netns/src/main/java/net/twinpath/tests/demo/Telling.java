package net.twinpath.tests.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Future;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.traffic.EchoStream;
import net.twinpath.tests.traffic.FileTransfer;
import net.twinpath.tests.traffic.SampleFile;
import net.twinpath.tests.traffic.StreamResult;
import net.twinpath.tests.traffic.TransferResult;
import net.twinpath.tests.traffic.VoiceStream;

/**
 * A story told to all traffic at once, from host A to host B.
 *
 * @param story  what happens
 * @param a      where traffic is sent
 * @param b      where it is received
 * @param sample the file that is sent
 * @param folder for what arrives and for ping's text
 * @param out    where the timeline is printed
 */
record Telling(Story story, Namespace a, Namespace b, SampleFile sample, TemporaryFolder folder, PrintStream out) {
    static final int ECHOES_PER_SECOND = 1_000;
    static final int VOICE_PACKETS_PER_SECOND = 50;

    /** Time to open sockets and connect before the beginning. */
    private static final Duration PREPARATION = Duration.ofMillis(500);

    /** Time a file may take beyond the story before it is given up. */
    private static final Duration FILE_EXTRA = Duration.ofSeconds(60);

    private static final Duration RESULT_LIMIT = Duration.ofMinutes(2);

    /**
     * Runs traffic and lets the story happen.
     *
     * @param way     what carries the traffic, in words
     * @param address host B's on that way
     * @param cables  the cable behind each link
     */
    Measurement run(String way, String address, Cables cables) {
        long beginningNs = System.nanoTime() + PREPARATION.toNanos();
        Future<TransferResult> file = fileTransfer(address).start(beginningNs);
        Future<StreamResult> voice = voiceStream(address).start(beginningNs);
        Await.untilTime(beginningNs);
        Future<StreamResult> echo = echoStream(address).start(beginningNs);
        say(beginningNs, "traffic starts");
        for (Story.Step step : story.steps()) {
            Await.untilTime(beginningNs + (long) (step.second() * 1e9));
            step.fault().happenTo(cables.of(step.link()));
            say(beginningNs, cables.words(step.link()) + " " + step.fault().words());
        }
        Await.untilTime(beginningNs + story.seconds() * 1_000_000_000L);
        say(beginningNs, "traffic ends; waiting for what is still under way");
        return new Measurement(
                way,
                Await.result("echo", RESULT_LIMIT, echo),
                Await.result("voice", RESULT_LIMIT, voice),
                Await.result("file", RESULT_LIMIT, file));
    }

    private void say(long beginningNs, String words) {
        out.printf("  %5.1f s  %s%n", (System.nanoTime() - beginningNs) / 1e9, words);
    }

    private FileTransfer fileTransfer(String address) {
        return new FileTransfer(
                a,
                b,
                address,
                sample,
                folder.resolve("received"),
                (double) sample.octets() / story.seconds(),
                Duration.ofSeconds(story.seconds()).plus(FILE_EXTRA));
    }

    private EchoStream echoStream(String address) {
        return new EchoStream(
                a, address, 1_000 / ECHOES_PER_SECOND, story.seconds() * ECHOES_PER_SECOND, folder.resolve("ping"));
    }

    private VoiceStream voiceStream(String address) {
        return new VoiceStream(a, b, address, VOICE_PACKETS_PER_SECOND, story.seconds() * VOICE_PACKETS_PER_SECOND);
    }

    /**
     * The cable behind each link of the story; one and the same for both when there is only one.
     *
     * @param a behind link A
     * @param b behind link B
     */
    record Cables(Cable a, Cable b) {
        Cable of(Story.Link link) {
            return link == Story.Link.A ? a : b;
        }

        String words(Story.Link link) {
            return a == b ? "the link" : "link " + link;
        }
    }
}
