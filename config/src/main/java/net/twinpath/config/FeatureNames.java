package net.twinpath.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The features of network interfaces that can be switched, by the names the kernel gives them. */
final class FeatureNames {
    /** Those of net/ethtool/common.c of Linux 6.12 that an operator may change. */
    private static final List<String> NAMES = List.of(
            "tx-scatter-gather",
            "tx-checksum-ipv4",
            "tx-checksum-ip-generic",
            "tx-checksum-ipv6",
            "highdma",
            "tx-scatter-gather-fraglist",
            "tx-vlan-hw-insert",
            "rx-vlan-hw-parse",
            "rx-vlan-filter",
            "tx-vlan-stag-hw-insert",
            "rx-vlan-stag-hw-parse",
            "rx-vlan-stag-filter",
            "tx-generic-segmentation",
            "rx-gro",
            "rx-gro-hw",
            "rx-gro-list",
            "rx-udp-gro-forwarding",
            "rx-lro",
            "tx-tcp-segmentation",
            "tx-gso-robust",
            "tx-gso-partial",
            "tx-gso-list",
            "tx-tcp-ecn-segmentation",
            "tx-tcp-mangleid-segmentation",
            "tx-tcp6-segmentation",
            "tx-fcoe-segmentation",
            "tx-gre-segmentation",
            "tx-gre-csum-segmentation",
            "tx-ipxip4-segmentation",
            "tx-ipxip6-segmentation",
            "tx-udp_tnl-segmentation",
            "tx-udp_tnl-csum-segmentation",
            "tx-tunnel-remcsum-segmentation",
            "tx-sctp-segmentation",
            "tx-esp-segmentation",
            "tx-udp-segmentation",
            "tx-checksum-fcoe-crc",
            "tx-checksum-sctp",
            "rx-ntuple-filter",
            "rx-hashing",
            "rx-checksum",
            "tx-nocache-copy",
            "rx-fcs",
            "rx-all",
            "l2-fwd-offload",
            "hw-tc-offload",
            "esp-hw-offload",
            "esp-tx-csum-hw-offload",
            "rx-udp_tunnel-port-offload",
            "tls-hw-record",
            "tls-hw-tx-offload",
            "tls-hw-rx-offload",
            "macsec-hw-offload",
            "hsr-tag-ins-offload",
            "hsr-tag-rm-offload",
            "hsr-fwd-offload",
            "hsr-dup-offload");

    /** The words of ethtool -K that stand for one or several of them. */
    private static final Map<String, List<String>> SHORT = Map.ofEntries(
            Map.entry("rx", List.of("rx-checksum")),
            Map.entry("tx", List.of("tx-checksum-ip-generic", "tx-checksum-ipv4", "tx-checksum-ipv6")),
            Map.entry("sg", List.of("tx-scatter-gather")),
            Map.entry("tso", List.of("tx-tcp-segmentation", "tx-tcp6-segmentation")),
            Map.entry("gso", List.of("tx-generic-segmentation")),
            Map.entry("gro", List.of("rx-gro")),
            Map.entry("lro", List.of("rx-lro")),
            Map.entry("rxvlan", List.of("rx-vlan-hw-parse")),
            Map.entry("txvlan", List.of("tx-vlan-hw-insert")),
            Map.entry("ntuple", List.of("rx-ntuple-filter")),
            Map.entry("rxhash", List.of("rx-hashing")));

    /** Those that merge received frames, so that they do not come as they were sent. */
    private static final List<String> MERGING =
            List.of("rx-gro", "rx-lro", "rx-gro-hw", "rx-gro-list", "rx-udp-gro-forwarding");

    private FeatureNames() {}

    static boolean isKnown(String name) {
        return NAMES.contains(name);
    }

    static Stream<String> all() {
        return NAMES.stream();
    }

    /** What a short name of ethtool stands for. */
    static Optional<List<String>> ofShort(String name) {
        return Optional.ofNullable(SHORT.get(name));
    }

    static boolean merges(String name) {
        return MERGING.contains(name);
    }
}
