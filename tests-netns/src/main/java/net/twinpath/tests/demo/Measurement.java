package net.twinpath.tests.demo;

import java.util.ArrayList;
import java.util.List;
import net.twinpath.tests.traffic.StreamResult;
import net.twinpath.tests.traffic.TransferResult;

/**
 * What became of the traffic in one telling of the story.
 *
 * @param way   what carried it, in words
 * @param echo  echo requests and replies
 * @param voice packets of a telephone call
 * @param file  a file over TCP
 */
record Measurement(String way, StreamResult echo, StreamResult voice, TransferResult file) {
    /** What a path that keeps its promise would not have, one line each; empty when it kept it. */
    List<String> shortcomings() {
        List<String> shortcomings = new ArrayList<>();
        addShortcomings(shortcomings, "echo", echo);
        addShortcomings(shortcomings, "voice", voice);
        if (!file.checksumHolds()) {
            shortcomings.add("file: " + file.octetsReceived() + " of " + file.octetsSent()
                    + " octets arrived, and the checksum does not hold");
        }
        return shortcomings;
    }

    private static void addShortcomings(List<String> shortcomings, String name, StreamResult stream) {
        if (!stream.isWhole()) {
            shortcomings.add(name + ": " + stream.lost() + " lost and " + stream.duplicated() + " duplicated of "
                    + stream.sent());
        }
    }
}
