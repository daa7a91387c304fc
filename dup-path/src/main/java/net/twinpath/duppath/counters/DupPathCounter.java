package net.twinpath.duppath.counters;

/** Everything the data path counts: the only source of keys and of the sentences that explain them. */
public enum DupPathCounter {
    OUT_FRAMES(Scope.PATH, Writer.SEND, "out_frames", "frames taken from the inside port"),
    OUT_SEQUENCED(Scope.PATH, Writer.SEND, "out_sequenced", "frames given a sequence number and offered to every link"),
    OUT_SUPERVISION(Scope.PATH, Writer.SEND, "out_supervision", "supervision frames sent on every link"),
    OUT_LINK_LOCAL(Scope.PATH, Writer.SEND, "out_link_local", "frames to 01-80-C2-00-00-0X, never duplicated: dropped"),
    OUT_TOO_LONG(Scope.PATH, Writer.SEND, "out_too_long", "frames too long for the format or the ring: dropped"),
    OUT_TOO_SHORT(Scope.PATH, Writer.SEND, "out_too_short", "frames without a whole Ethernet header: dropped"),
    OUT_CHECKSUM_OPEN(
            Scope.PATH,
            Writer.SEND,
            "out_checksum_open",
            "frames whose checksum the kernel left open: sent as they are"),

    TX_FRAMES(Scope.LINK, Writer.SEND, "tx_frames", "copies handed to the link"),
    TX_NO_CARRIER(Scope.LINK, Writer.SEND, "tx_no_carrier", "copies skipped because the link was down"),
    TX_NO_BUFFER(Scope.LINK, Writer.SEND, "tx_no_buffer", "copies the link's full queue refused"),
    TX_TOO_LONG(Scope.LINK, Writer.SEND, "tx_too_long", "copies longer than the link's MTU allows"),
    TX_ERRORS(Scope.LINK, Writer.SEND, "tx_errors", "copies the kernel refused for another reason"),

    RX_FRAMES(Scope.LINK, Writer.RECEIVE, "rx_frames", "frames received on the link"),
    RX_FIRST(Scope.LINK, Writer.RECEIVE, "rx_first", "sequenced frames whose copy on this link came first: passed on"),
    RX_DUPLICATES(
            Scope.LINK, Writer.RECEIVE, "rx_duplicates", "copies of frames the other link brought first: removed"),
    RX_REPEATED(Scope.LINK, Writer.RECEIVE, "rx_repeated", "copies the same link had brought before: removed"),
    RX_UNSEQUENCED(
            Scope.LINK,
            Writer.RECEIVE,
            "rx_unsequenced",
            "frames without a trailer, from singly attached nodes: passed on"),
    RX_WRONG_LAN(Scope.LINK, Writer.RECEIVE, "rx_wrong_lan", "sequenced frames with the other LAN's identifier: used"),
    RX_OWN(Scope.LINK, Writer.RECEIVE, "rx_own", "frames with our own source address, looped back: dropped"),
    RX_SUPERVISION(Scope.LINK, Writer.RECEIVE, "rx_supervision", "supervision frames: not passed on"),
    RX_SUPERVISION_BAD(
            Scope.LINK,
            Writer.RECEIVE,
            "rx_supervision_bad",
            "supervision frames of another version or cut short: ignored"),
    RX_LINK_LOCAL(Scope.LINK, Writer.RECEIVE, "rx_link_local", "frames to 01-80-C2-00-00-0X: not passed on"),
    RX_TOO_LONG(Scope.LINK, Writer.RECEIVE, "rx_too_long", "frames longer than the ring takes: dropped"),
    RX_TOO_SHORT(Scope.LINK, Writer.RECEIVE, "rx_too_short", "frames without a whole Ethernet header: dropped"),
    RX_PORT_ERRORS(
            Scope.LINK, Writer.RECEIVE, "rx_port_errors", "errors the link's socket reported, as when it goes down"),

    IN_FRAMES(Scope.PATH, Writer.RECEIVE, "in_frames", "frames handed to the inside port"),
    IN_REFUSED(Scope.PATH, Writer.RECEIVE, "in_refused", "frames the inside port refused: lost"),
    IN_SENDER_RESTARTS(
            Scope.PATH, Writer.RECEIVE, "in_sender_restarts", "senders found to have started their numbers again"),
    IN_NODE_TABLE_FULL(
            Scope.PATH,
            Writer.RECEIVE,
            "in_node_table_full",
            "sequenced frames passed without duplicate discard because the node table was full");

    /** What a counter belongs to. */
    public enum Scope {
        PATH,
        LINK
    }

    /** The agent that writes a counter; nobody else does. */
    public enum Writer {
        SEND,
        RECEIVE
    }

    private final Scope scope;
    private final Writer writer;
    private final String key;
    private final String sentence;

    DupPathCounter(Scope scope, Writer writer, String key, String sentence) {
        this.scope = scope;
        this.writer = writer;
        this.key = key;
        this.sentence = sentence;
    }

    public Scope scope() {
        return scope;
    }

    public Writer writer() {
        return writer;
    }

    /** Name in status, metrics and manual. */
    public String key() {
        return key;
    }

    /** What is counted, in words. */
    public String sentence() {
        return sentence;
    }
}
