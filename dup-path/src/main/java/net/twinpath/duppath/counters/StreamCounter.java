package net.twinpath.duppath.counters;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is counted for one stream: the managed counters of IEEE 802.1CB under their standard names (clauses 9.2 and
 * 10.8), and two of our own, for events the standard has no counter for.
 *
 * <p>A sequence recovery function counts each frame it is offered in exactly one of {@link #PASSED}, {@link #DISCARDED}
 * and {@link #ROGUE}.
 */
public enum StreamCounter implements Counter {
    GENERATION_RESETS(
            Writer.SEND, "frerCpsSeqGenResets", "resets of the sequence generation function, the start included"),
    ENCODE_ERRORED(
            Writer.SEND,
            "frerCpsSeqEncErroredPackets",
            "frames the sequence encode function could not encode: dropped"),
    OUTPUT(Writer.SEND, "tsnCpsSidOutputPackets", "frames of the stream sent outward"),

    INPUT(Writer.RECEIVE, "tsnCpsSidInputPackets", "frames identified inward as the stream's"),
    OUT_OF_ORDER(
            Writer.RECEIVE,
            "frerCpsSeqRcvyOutOfOrderPackets",
            "frames passed whose number did not follow the newest by one"),
    ROGUE(
            Writer.RECEIVE,
            "frerCpsSeqRcvyRoguePackets",
            "frames whose number was a history length or more away from the newest, ahead or behind: removed"),
    PASSED(Writer.RECEIVE, "frerCpsSeqRcvyPassedPackets", "frames passed"),
    DISCARDED(
            Writer.RECEIVE,
            "frerCpsSeqRcvyDiscardedPackets",
            "frames heard before, or without a number where one is needed: removed"),
    LOST(Writer.RECEIVE, "frerCpsSeqRcvyLostPackets", "numbers that left the history without having been heard"),
    TAGLESS(Writer.RECEIVE, "frerCpsSeqRcvyTaglessPackets", "frames of the stream without a sequence number"),
    RECOVERY_RESETS(
            Writer.RECEIVE, "frerCpsSeqRcvyResets", "resets of the sequence recovery function, the start included"),
    LATENT_ERROR_RESETS(
            Writer.RECEIVE, "frerCpsSeqRcvyLatentErrorResets", "times latent error detection took a new base"),
    LATENT_ERRORS(
            Writer.RECEIVE,
            "latentErrors",
            "latent error tests that found too few or too many copies (SIGNAL_LATENT_ERROR)"),
    RESYNCS(
            Writer.RECEIVE,
            "resyncs",
            "resets of the sequence recovery function because the sender's numbers had jumped");

    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    private final Writer writer;
    private final String key;
    private final String sentence;

    StreamCounter(Writer writer, String key, String sentence) {
        this.writer = writer;
        this.key = key;
        this.sentence = sentence;
    }

    /** What an individual recovery function counts. */
    public static List<StreamCounter> ofIndividual() {
        return List.of(PASSED, DISCARDED, ROGUE, OUT_OF_ORDER, LOST, RECOVERY_RESETS, RESYNCS);
    }

    @Override
    public Writer writer() {
        return writer;
    }

    @Override
    public String key() {
        return key;
    }

    /** The standard's name in the spelling that metrics have, for example {@code stream_frer_cps_seq_rcvy_resets}. */
    @Override
    public String metric() {
        return "stream_" + CAPITAL.matcher(key).replaceAll("_$0").toLowerCase(Locale.ROOT);
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
