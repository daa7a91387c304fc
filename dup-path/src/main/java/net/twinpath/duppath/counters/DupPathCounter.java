package net.twinpath.duppath.counters;

import java.util.Locale;

/** Everything the data path counts: the only source of keys and of the sentences that explain them. */
public enum DupPathCounter implements Counter {
    OUT_FRAMES(
            Scope.PATH,
            Writer.SEND,
            "out_frames",
            "frames taken from the inside port; of a merged one that was cut, each segment"),
    OUT_SEQUENCED(Scope.PATH, Writer.SEND, "out_sequenced", "frames given a sequence number and offered to every link"),
    OUT_FIRST_LINK(Scope.PATH, Writer.SEND, "out_first_link", "frames of streams sent on the first link only"),
    OUT_SINGLE_LAN(
            Scope.PATH,
            Writer.SEND,
            "out_single_lan",
            "frames for singly attached nodes, sent without a trailer on the one LAN they live on"),
    OUT_SUPERVISION(Scope.PATH, Writer.SEND, "out_supervision", "supervision frames sent on every link"),
    OUT_CONTINUITY(Scope.PATH, Writer.SEND, "out_continuity", "continuity check messages sent, each on every link"),
    OUT_DROPPED(Scope.PATH, Writer.SEND, "out_dropped", "frames of streams whose action is drop"),
    OUT_LINK_LOCAL(Scope.PATH, Writer.SEND, "out_link_local", "frames to 01-80-C2-00-00-0X, never duplicated: dropped"),
    OUT_FOR_INSIDE(
            Scope.PATH, Writer.SEND, "out_for_inside", "frames for a device that is on the inside, too: not sent"),
    OUT_TOO_LONG(Scope.PATH, Writer.SEND, "out_too_long", "frames too long for the format: dropped"),
    OUT_SUPER_FRAMES_CUT(
            Scope.PATH, Writer.SEND, "out_super_frames_cut", "frames an offload had merged: cut into segments"),
    OUT_SEGMENTS(Scope.PATH, Writer.SEND, "out_segments", "segments that merged frames were cut into"),
    OUT_SUPER_FRAMES(
            Scope.PATH,
            Writer.SEND,
            "out_super_frames",
            "frames an offload had merged of a kind we cannot cut, or longer than the MTU: dropped"),
    OUT_TOO_SHORT(Scope.PATH, Writer.SEND, "out_too_short", "frames without a whole Ethernet header: dropped"),
    OUT_CHECKSUM_COMPLETED(
            Scope.PATH,
            Writer.SEND,
            "out_checksum_completed",
            "frames whose checksum the kernel had left open: completed"),
    OUT_CHECKSUM_OPEN(
            Scope.PATH,
            Writer.SEND,
            "out_checksum_open",
            "frames whose checksum the kernel had left open, of a kind we cannot complete: sent as they are"),
    OUT_NO_LINK(
            Scope.PATH, Writer.SEND, "out_no_link", "frames for the first link only, when no link was usable: lost"),
    OUT_PROXY_TABLE_FULL(
            Scope.PATH,
            Writer.SEND,
            "out_proxy_table_full",
            "frames of inside devices for which the proxy node table had no place: sent, but not announced"),

    TX_FRAMES(Scope.LINK, Writer.SEND, "tx_frames", "frames handed to the link"),
    TX_NO_CARRIER(Scope.LINK, Writer.SEND, "tx_no_carrier", "copies skipped because the link was down"),
    TX_NO_BUFFER(Scope.LINK, Writer.SEND, "tx_no_buffer", "copies the link's full queue refused"),
    TX_TOO_LONG(Scope.LINK, Writer.SEND, "tx_too_long", "copies longer than the link's MTU allows: skipped"),
    TX_ERRORS(Scope.LINK, Writer.SEND, "tx_errors", "copies the kernel refused for another reason"),

    RX_FRAMES(Scope.LINK, Writer.RECEIVE, "rx_frames", "frames received on the link; of a merged one, each segment"),
    RX_FIRST(Scope.LINK, Writer.RECEIVE, "rx_first", "sequenced frames whose copy on this link came first: passed on"),
    RX_DUPLICATES(Scope.LINK, Writer.RECEIVE, "rx_duplicates", "copies of frames another link brought first: removed"),
    RX_REPEATED(Scope.LINK, Writer.RECEIVE, "rx_repeated", "copies the same link had brought before: removed"),
    RX_LATE(Scope.LINK, Writer.RECEIVE, "rx_late", "copies further behind than the recovery history reaches: removed"),
    RX_ROGUE(Scope.LINK, Writer.RECEIVE, "rx_rogue", "copies further ahead than the recovery history reaches: removed"),
    RX_UNSEQUENCED(
            Scope.LINK,
            Writer.RECEIVE,
            "rx_unsequenced",
            "frames without a sequence number, as singly attached nodes send: passed on"),
    RX_NO_PLACE(
            Scope.LINK,
            Writer.RECEIVE,
            "rx_no_place",
            "sequenced frames of senders for which the node table had no place: passed on by every link that brings them"),
    RX_TAGLESS_DROPPED(
            Scope.LINK,
            Writer.RECEIVE,
            "rx_tagless_dropped",
            "frames of a stream without the sequence number it must have: dropped"),
    RX_BAD_TAG(Scope.LINK, Writer.RECEIVE, "rx_bad_tag", "frames that end within their R-TAG: dropped"),
    RX_OTHER_VLAN(Scope.LINK, Writer.RECEIVE, "rx_other_vlan", "frames without the link's VLAN tag: not the path's"),
    RX_WRONG_LAN(Scope.LINK, Writer.RECEIVE, "rx_wrong_lan", "sequenced frames with the other LAN's identifier: used"),
    RX_OWN(
            Scope.LINK,
            Writer.RECEIVE,
            "rx_own",
            "frames from our own address or a device on the inside, looped back: dropped"),
    RX_OTHER_NODE(
            Scope.LINK, Writer.RECEIVE, "rx_other_node", "frames for another node known on the links: not passed on"),
    RX_DROPPED(Scope.LINK, Writer.RECEIVE, "rx_dropped", "frames of streams whose action is drop"),
    RX_SUPERVISION(Scope.LINK, Writer.RECEIVE, "rx_supervision", "supervision frames: not passed on"),
    RX_SUPERVISION_BAD(
            Scope.LINK,
            Writer.RECEIVE,
            "rx_supervision_bad",
            "supervision frames of another version or cut short: ignored"),
    RX_CONTINUITY(Scope.LINK, Writer.RECEIVE, "rx_continuity", "continuity check messages: not passed on"),
    RX_LINK_LOCAL(Scope.LINK, Writer.RECEIVE, "rx_link_local", "frames to 01-80-C2-00-00-0X: not passed on"),
    RX_SUPER_FRAMES_CUT(
            Scope.LINK,
            Writer.RECEIVE,
            "rx_super_frames_cut",
            "frames without a mark that an offload had merged: cut into segments"),
    RX_SEGMENTS(Scope.LINK, Writer.RECEIVE, "rx_segments", "segments that merged frames were cut into"),
    RX_SUPER_FRAMES(
            Scope.LINK,
            Writer.RECEIVE,
            "rx_super_frames",
            "frames an offload had merged whose marks are lost, or of a kind we cannot cut: dropped"),
    RX_TOO_SHORT(Scope.LINK, Writer.RECEIVE, "rx_too_short", "frames without a whole Ethernet header: dropped"),
    RX_PORT_ERRORS(
            Scope.LINK, Writer.RECEIVE, "rx_port_errors", "errors the link's socket reported, as when it goes down"),

    IN_FRAMES(
            Scope.PATH, Writer.RECEIVE, "in_frames", "frames handed to the inside port; of a joined one, each segment"),
    IN_SUPER_FRAMES(
            Scope.PATH,
            Writer.RECEIVE,
            "in_super_frames",
            "frames handed to the inside port that several TCP segments were joined to"),
    IN_SEGMENTS(Scope.PATH, Writer.RECEIVE, "in_segments", "frames that were joined to these"),
    IN_REFUSED(Scope.PATH, Writer.RECEIVE, "in_refused", "frames the inside port refused: lost"),
    IN_CHECKSUM_COMPLETED(
            Scope.PATH,
            Writer.RECEIVE,
            "in_checksum_completed",
            "frames whose checksum the neighbour's kernel had left open: completed"),
    IN_SENDER_RESTARTS(
            Scope.PATH, Writer.RECEIVE, "in_sender_restarts", "senders found to have started their numbers again"),
    IN_UNSEEN(
            Scope.PATH,
            Writer.RECEIVE,
            "in_unseen",
            "numbers of senders that no link brought: frames lost on all links, or brought to other nodes only"),
    IN_SENDER_JUMPS(
            Scope.PATH,
            Writer.RECEIVE,
            "in_sender_jumps",
            "times a sender went on at a number that tells nothing of what was lost before it"),
    IN_SUPERVISION(
            Scope.PATH, Writer.RECEIVE, "in_supervision", "supervision frames that some link brought, each once"),
    IN_SUPERVISION_LOST(
            Scope.PATH,
            Writer.RECEIVE,
            "in_supervision_lost",
            "supervision frames, which are for all nodes, that no link brought: lost on all links"),
    IN_NODE_TABLE_FULL(
            Scope.PATH,
            Writer.RECEIVE,
            "in_node_table_full",
            "frames of senders for which the node table had no place: passed, without duplicate discard");

    /** What a counter belongs to. */
    public enum Scope {
        PATH,
        LINK
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

    @Override
    public Writer writer() {
        return writer;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String metric() {
        return scope.name().toLowerCase(Locale.ROOT) + "_" + key;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
