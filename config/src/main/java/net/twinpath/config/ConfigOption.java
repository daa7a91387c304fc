package net.twinpath.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import net.twinpath.config.machine.AdSelect;
import net.twinpath.config.machine.ArpAllTargets;
import net.twinpath.config.machine.ArpValidate;
import net.twinpath.config.machine.BondMode;
import net.twinpath.config.machine.FailOverMac;
import net.twinpath.config.machine.LacpRate;
import net.twinpath.config.machine.PrimaryReselect;
import net.twinpath.config.machine.SysctlProfile;
import net.twinpath.config.machine.VlanProtocol;
import net.twinpath.config.machine.XmitHashPolicy;
import net.twinpath.config.toml.Quoted;
import net.twinpath.config.value.DurationLiteral;
import net.twinpath.config.value.Keyword;
import org.jspecify.annotations.Nullable;

/** The option table: every key, its type, default, allowed values and meaning; reader, man page and examples follow it. */
public enum ConfigOption {
    CONTROL_SOCKET(
            ConfigTable.CONTROL,
            "socket",
            ValueType.STRING,
            Default.of("/run/twinpath/control.sock"),
            new AllowedValues.AbsolutePath(107), // sockaddr_un.sun_path holds 108 bytes with the final NUL, unix(7)
            false,
            "Where twinpathd listens for twinpathctl and other control clients."),
    METRICS_LISTEN(
            ConfigTable.METRICS,
            "listen",
            ValueType.STRING,
            Default.absent("none, metrics are not answered over HTTP"),
            new AllowedValues.Loopback(),
            true,
            "Where GET /metrics is answered over HTTP, in OpenMetrics or Prometheus text.",
            "listen = \"127.0.0.1:9477\""),
    PATH_INSIDE(
            ConfigTable.PATH,
            "inside",
            ValueType.STRING,
            Default.of(Inside.Host.TEXT),
            new AllowedValues.InsidePort(),
            true,
            "What the path serves: this machine (\"host\"), or as a gateway (RedBox) the devices behind an interface."),
    PATH_ADDRESS(
            ConfigTable.PATH,
            "address",
            ValueType.STRING_OR_STRINGS,
            Default.absent("none"),
            new AllowedValues.UnicastAddress(),
            true,
            "Addresses, each with its prefix length, that the interface of the path gets; a gateway has none.",
            "address = [\"10.77.0.1/24\", \"fd77::1/64\"]"),
    PATH_LINKS(
            ConfigTable.PATH,
            "links",
            ValueType.STRINGS_OR_TABLES,
            Default.required(),
            new AllowedValues.Links(),
            true,
            "The network interfaces that each carry a copy of every frame; with \"prp\" LAN A first, then LAN B.",
            "links = [\"enp3s0\", \"enp4s0\"]"),
    PATH_FORMAT(
            ConfigTable.PATH,
            "format",
            ValueType.STRING,
            Default.of(Format.PRP.text()),
            AllowedValues.OneOf.of(Format.values(), "udp"),
            true,
            "How copies are marked: by the trailer of IEC 62439-3 (\"prp\") or the R-TAG of IEEE 802.1CB (\"frer\")."),
    PATH_MTU(
            ConfigTable.PATH,
            "mtu",
            ValueType.INTEGER,
            Default.absent("1500, less where the links allow only less"),
            new AllowedValues.PathMtu(Format.FRER), // the format that allows most
            true,
            "Largest packet, in bytes, that the path carries; with \"prp\" at most 4089, with an IPv6 address at least 1280.",
            "mtu = 1500"),
    PATH_SUPER_FRAMES(
            ConfigTable.PATH,
            "super-frames",
            ValueType.BOOLEAN,
            Default.of(false),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether this machine's TCP hands over many segments at once, cut and joined by the path; inside = \"host\" only."),
    PATH_CORES(
            ConfigTable.PATH,
            "cores",
            ValueType.INTEGER_OR_INTEGERS,
            Default.absent("none, the kernel chooses"),
            new AllowedValues.Cores(),
            true,
            "The cores that the path's agents run on: the one that sends on the links, then the one that receives from them.",
            "cores = [2, 3]"),
    PATH_BUSY_POLLING(
            ConfigTable.PATH,
            "busy-polling",
            ValueType.BOOLEAN,
            Default.of(false),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether the path's agents look for frames again and again rather than sleep until some come; each takes a whole core."),
    PATH_SUPERVISION(
            ConfigTable.PATH,
            "supervision",
            ValueType.INTEGER,
            Default.of(0),
            new AllowedValues.IntegerRange(0, 255),
            true,
            "\"prp\" only: last byte of 01-15-4E-00-01-XX, where supervision frames are sent; the same on every node."),
    PATH_LIFE_CHECK_INTERVAL(
            ConfigTable.PATH,
            "life-check-interval",
            ValueType.DURATION,
            Default.of("2s"), // LifeCheckInterval, IEC 62439-3 table 8
            new AllowedValues.DurationRange("100ms", "60s"),
            true,
            "\"prp\" only: how often supervision frames are sent, by which the other nodes see that each link works."),
    PATH_CONTINUITY_INTERVAL(
            ConfigTable.PATH,
            "continuity-interval",
            ValueType.STRING,
            Default.of(ContinuityInterval.SECOND.text()),
            AllowedValues.OneOf.of(ContinuityInterval.values()),
            true,
            "\"frer\" only: how often the path's ends tell each other on every link that they are there (IEEE 802.1Q CCM)."),
    PATH_UNMATCHED(
            ConfigTable.PATH,
            "unmatched",
            ValueType.STRING,
            Default.of(Action.DUPLICATE.text()),
            AllowedValues.OneOf.of(Action.values()),
            true,
            "What happens to frames that no stream matches; the words are those of a stream's action."),
    PATH_STREAM(
            ConfigTable.PATH,
            "stream",
            ValueType.TABLES,
            Default.absent("none"),
            new AllowedValues.KeysOf(ConfigTable.STREAM),
            true,
            "Streams, which choose frames for an action: the first that matches a frame decides; at most 4096 a path.",
            "[[path.feed.stream]]"),
    PATH_RECOVERY(
            ConfigTable.PATH,
            "recovery",
            ValueType.TABLE,
            Default.absent("the defaults of its keys"),
            new AllowedValues.KeysOf(ConfigTable.RECOVERY),
            true,
            "\"frer\" only: sequence recovery, which passes the first copy of a frame and removes the others.",
            "recovery = { history = 4096, reset = \"2s\" }"),
    PATH_ORDERING(
            ConfigTable.PATH,
            "ordering",
            ValueType.TABLE,
            Default.absent("none, frames pass as they come"),
            new AllowedValues.KeysOf(ConfigTable.ORDERING),
            true,
            "Packet ordering (RFC 9550): a frame that overtook others on the way waits for them.",
            "ordering = { max-delay = \"10ms\" }"),
    LINK_INTERFACE(
            ConfigTable.LINK,
            "interface",
            ValueType.STRING,
            Default.required(),
            new AllowedValues.LinkName(),
            true,
            "The network interface.",
            "interface = \"enp5s0\""),
    LINK_VLAN(
            ConfigTable.LINK,
            "vlan",
            ValueType.INTEGER,
            Default.absent("none, no tag for the link"),
            new AllowedValues.IntegerRange(1, 4094),
            true,
            "\"frer\" only: the VLAN that frames of the path have on this link; the same at both ends.",
            "vlan = 66"),
    STREAM_NAME(
            ConfigTable.STREAM,
            "name",
            ValueType.STRING,
            Default.required(),
            new AllowedValues.StreamName(),
            true,
            "What the stream is called in status and messages.",
            "name = \"camera\""),
    STREAM_ACTION(
            ConfigTable.STREAM,
            "action",
            ValueType.STRING,
            Default.of(Action.DUPLICATE.text()),
            AllowedValues.OneOf.of(Action.values()),
            true,
            "Where its frames are sent: \"duplicate\" on every link, \"first-link\" on the first only, \"drop\" nowhere."),
    STREAM_MATCH(
            ConfigTable.STREAM,
            "match",
            ValueType.TABLE,
            Default.required(),
            new AllowedValues.KeysOf(ConfigTable.MATCH),
            true,
            "Which frames belong to the stream: those that every given key fits; at least one key.",
            "match = { destination-mac = \"01:00:5e:00:00:01\", vlan = 100 }"),
    STREAM_RECOVERY(
            ConfigTable.STREAM,
            "recovery",
            ValueType.TABLE,
            Default.absent("as the path's recovery, key by key"),
            new AllowedValues.KeysOf(ConfigTable.RECOVERY),
            true,
            "\"frer\" only: in what the recovery of this stream differs from the path's.",
            "recovery = { history = 256 }"),
    MATCH_DESTINATION_MAC(
            ConfigTable.MATCH,
            "destination-mac",
            ValueType.STRING,
            Default.absent("any"),
            new AllowedValues.Mac(false),
            true,
            "MAC address the frame goes to.",
            "destination-mac = \"01:00:5e:00:00:01\""),
    MATCH_SOURCE_MAC(
            ConfigTable.MATCH,
            "source-mac",
            ValueType.STRING,
            Default.absent("any"),
            new AllowedValues.Mac(true),
            true,
            "MAC address the frame comes from.",
            "source-mac = \"02:00:00:00:00:01\""),
    MATCH_VLAN(
            ConfigTable.MATCH,
            "vlan",
            ValueType.INTEGER,
            Default.absent("any or none"),
            new AllowedValues.IntegerRange(1, 4094),
            true,
            "VLAN of the frame's tag.",
            "vlan = 100"),
    MATCH_TAGGED(
            ConfigTable.MATCH,
            "tagged",
            ValueType.STRING,
            Default.of(Tagged.ALL.text()),
            AllowedValues.OneOf.of(Tagged.values()),
            true,
            "\"tagged\": only frames with a VLAN; \"priority\": only those without (no tag, or VLAN 0); \"all\": both."),
    MATCH_SOURCE(
            ConfigTable.MATCH,
            "source",
            ValueType.STRING,
            Default.absent("any"),
            new AllowedValues.AddressOrPrefix(true),
            true,
            "IP address the packet comes from.",
            "source = \"192.0.2.0/24\""),
    MATCH_DESTINATION(
            ConfigTable.MATCH,
            "destination",
            ValueType.STRING,
            Default.absent("any"),
            new AllowedValues.AddressOrPrefix(false),
            true,
            "IP address the packet goes to, of the same IP version as source.",
            "destination = \"239.0.0.1\""),
    MATCH_DSCP(
            ConfigTable.MATCH,
            "dscp",
            ValueType.INTEGER,
            Default.absent("any"),
            new AllowedValues.IntegerRange(0, 63),
            true,
            "Differentiated services code point of the IP packet; 46 is expedited forwarding (EF).",
            "dscp = 46"),
    MATCH_PROTOCOL(
            ConfigTable.MATCH,
            "protocol",
            ValueType.STRING_OR_INTEGER,
            Default.absent("any"),
            new AllowedValues.Protocol(),
            true,
            "What the IP packet carries, by name or IANA protocol number.",
            "protocol = \"udp\""),
    MATCH_SOURCE_PORT(
            ConfigTable.MATCH,
            "source-port",
            ValueType.INTEGER,
            Default.absent("any"),
            new AllowedValues.IntegerRange(1, 65535),
            true,
            "Port the packet comes from; needs protocol = \"tcp\", \"udp\" or \"sctp\".",
            "source-port = 5004"),
    MATCH_DESTINATION_PORT(
            ConfigTable.MATCH,
            "destination-port",
            ValueType.INTEGER,
            Default.absent("any"),
            new AllowedValues.IntegerRange(1, 65535),
            true,
            "Port the packet goes to; needs protocol = \"tcp\", \"udp\" or \"sctp\".",
            "destination-port = 5004"),
    RECOVERY_ALGORITHM(
            ConfigTable.RECOVERY,
            "algorithm",
            ValueType.STRING,
            Default.of(RecoveryAlgorithm.VECTOR.text()),
            AllowedValues.OneOf.of(RecoveryAlgorithm.values()),
            true,
            "\"vector\" knows each sequence number of the history, \"match\" that of the last frame only."),
    RECOVERY_HISTORY(
            ConfigTable.RECOVERY,
            "history",
            ValueType.INTEGER,
            Default.of(4096),
            new AllowedValues.IntegerRange(2, 65536),
            true,
            "Sequence numbers that \"vector\" remembers; more than arrive while one link lags behind another."),
    RECOVERY_RESET(
            ConfigTable.RECOVERY,
            "reset",
            ValueType.DURATION,
            Default.of("2s"),
            new AllowedValues.DurationRange("1ms", "1h"),
            true,
            "After so long without an accepted frame the next is accepted whatever its sequence number."),
    RECOVERY_TAKE_NO_SEQUENCE(
            ConfigTable.RECOVERY,
            "take-no-sequence",
            ValueType.BOOLEAN,
            Default.of(false),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether frames of the stream that have no sequence number pass."),
    RECOVERY_INDIVIDUAL(
            ConfigTable.RECOVERY,
            "individual",
            ValueType.BOOLEAN,
            Default.of(false),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether each link also has a recovery of its own, against a sender that repeats one frame on it."),
    RECOVERY_LATENT_ERROR(
            ConfigTable.RECOVERY,
            "latent-error",
            ValueType.BOOLEAN,
            Default.of(true),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether an event tells that fewer or more copies were removed than should have come."),
    RECOVERY_LATENT_ERROR_DIFFERENCE(
            ConfigTable.RECOVERY,
            "latent-error-difference",
            ValueType.INTEGER,
            // Copies under way look missing: up to 64 one link delivered in its turn, and the links' delay x rate.
            Default.of(100),
            new AllowedValues.IntegerRange(0, 1_000_000),
            true,
            "How many copies fewer or more are not an error yet."),
    RECOVERY_LATENT_ERROR_PERIOD(
            ConfigTable.RECOVERY,
            "latent-error-period",
            ValueType.DURATION,
            Default.of("2s"), // frerSeqRcvyLatentErrorPeriod, IEEE 802.1CB 10.4.1.12
            new AllowedValues.DurationRange("100ms", "1h"),
            true,
            "How often the copies are compared."),
    RECOVERY_LATENT_ERROR_RESET(
            ConfigTable.RECOVERY,
            "latent-error-reset",
            ValueType.DURATION,
            Default.of("30s"), // frerSeqRcvyLatentResetPeriod
            new AllowedValues.DurationRange("1s", "1h"),
            true,
            "How often the comparison starts anew, so that old errors are forgotten; longer than its period."),
    ORDERING_MAX_DELAY(
            ConfigTable.ORDERING,
            "max-delay",
            ValueType.DURATION,
            Default.required(),
            new AllowedValues.DurationRange("1ms", "1s"),
            true,
            "How long a frame waits at most for those before it.",
            "max-delay = \"10ms\""),
    SYSCTL_PROFILE(
            ConfigTable.SYSCTL,
            "profile",
            ValueType.STRING,
            Default.absent("none"),
            AllowedValues.OneOf.of(SysctlProfile.values()),
            true,
            "A set of kernel settings to start from, which the other keys of the table override.",
            "profile = \"appliance\""),
    BOND_MODE(
            ConfigTable.BOND,
            "mode",
            ValueType.STRING,
            Default.required(),
            AllowedValues.OneOf.of(BondMode.values()),
            true,
            "How the members are used.",
            "mode = \"active-backup\""),
    BOND_MEMBERS(
            ConfigTable.BOND,
            "members",
            ValueType.STRINGS_OR_TABLES,
            Default.required(),
            new AllowedValues.Members(),
            true,
            "The network interfaces that the bond uses as one.",
            "members = [\"enp7s0\", \"enp8s0\"]"),
    BOND_MTU(
            ConfigTable.BOND,
            "mtu",
            ValueType.INTEGER,
            Default.absent("1500"),
            new AllowedValues.IntegerRange(68, 65535),
            true,
            "Largest packet, in bytes, that the bond carries; with an IPv6 address at least 1280.",
            "mtu = 1500"),
    BOND_MAC(
            ConfigTable.BOND,
            "mac",
            ValueType.STRING,
            Default.absent("that of the first member"),
            new AllowedValues.OwnMac(),
            true,
            "The MAC address of the bond.",
            "mac = \"02:00:00:00:00:01\""),
    BOND_ADDRESS(
            ConfigTable.BOND,
            "address",
            ValueType.STRING_OR_STRINGS,
            Default.absent("none"),
            new AllowedValues.UnicastAddress(),
            true,
            "Addresses, each with its prefix length, that the bond gets.",
            "address = [\"192.0.2.10/24\"]"),
    BOND_OFFLOAD(
            ConfigTable.BOND,
            "offload",
            ValueType.TABLE,
            Default.absent("not touched"),
            new AllowedValues.Features(),
            true,
            "Features of the bond, by the names that ethtool -k shows, and whether each is on.",
            "offload = { \"rx-gro\" = true }"),
    BOND_MIIMON(
            ConfigTable.BOND,
            "miimon",
            ValueType.DURATION,
            Default.absent("\"100ms\", or none with arp-interval"),
            new AllowedValues.WholeDuration(ChronoUnit.MILLIS, "1ms", "1min"),
            true,
            "How often the bond looks whether its members have carrier.",
            "miimon = \"100ms\""),
    BOND_UPDELAY(
            ConfigTable.BOND,
            "updelay",
            ValueType.DURATION,
            Default.of("0ms"),
            new AllowedValues.WholeDuration(ChronoUnit.MILLIS, "0ms", "1h"),
            true,
            "How long a member must have carrier again before it is used; a multiple of miimon."),
    BOND_DOWNDELAY(
            ConfigTable.BOND,
            "downdelay",
            ValueType.DURATION,
            Default.of("0ms"),
            new AllowedValues.WholeDuration(ChronoUnit.MILLIS, "0ms", "1h"),
            true,
            "How long a member must have no carrier before it counts as down; a multiple of miimon."),
    BOND_ARP_INTERVAL(
            ConfigTable.BOND,
            "arp-interval",
            ValueType.DURATION,
            Default.absent("none, members are watched by miimon"),
            new AllowedValues.WholeDuration(ChronoUnit.MILLIS, "1ms", "1min"),
            true,
            "How often the bond asks its targets, in place of miimon; not with \"802.3ad\", \"balance-tlb\" or \"balance-alb\".",
            "arp-interval = \"1s\""),
    BOND_ARP_IP_TARGET(
            ConfigTable.BOND,
            "arp-ip-target",
            ValueType.STRING_OR_STRINGS,
            Default.absent("none"),
            new AllowedValues.ProbeTarget(false),
            true,
            "IPv4 hosts that are asked by ARP; with arp-interval.",
            "arp-ip-target = [\"192.0.2.1\"]"),
    BOND_NS_IP6_TARGET(
            ConfigTable.BOND,
            "ns-ip6-target",
            ValueType.STRING_OR_STRINGS,
            Default.absent("none"),
            new AllowedValues.ProbeTarget(true),
            true,
            "IPv6 hosts that are asked by neighbour solicitation (Linux 5.18); with arp-interval.",
            "ns-ip6-target = [\"2001:db8::1\"]"),
    BOND_ARP_VALIDATE(
            ConfigTable.BOND,
            "arp-validate",
            ValueType.STRING,
            Default.of(ArpValidate.NONE.text()),
            AllowedValues.OneOf.of(ArpValidate.values()),
            true,
            "Which frames count as a sign of life of a member; with arp-interval."),
    BOND_ARP_ALL_TARGETS(
            ConfigTable.BOND,
            "arp-all-targets",
            ValueType.STRING,
            Default.of(ArpAllTargets.ANY.text()),
            AllowedValues.OneOf.of(ArpAllTargets.values()),
            true,
            "How many targets must answer, where arp-validate looks at it; only with \"active-backup\"."),
    BOND_ARP_MISSED_MAX(
            ConfigTable.BOND,
            "arp-missed-max",
            ValueType.INTEGER,
            Default.of(2),
            new AllowedValues.IntegerRange(1, 255),
            true,
            "Probes without an answer after which a member is down (Linux 5.17); with arp-interval."),
    BOND_PRIMARY(
            ConfigTable.BOND,
            "primary",
            ValueType.STRING,
            Default.absent("none"),
            new AllowedValues.LinkName(),
            true,
            "The member that is used while it is up; only with \"active-backup\", \"balance-tlb\" or \"balance-alb\".",
            "primary = \"enp7s0\""),
    BOND_PRIMARY_RESELECT(
            ConfigTable.BOND,
            "primary-reselect",
            ValueType.STRING,
            Default.of(PrimaryReselect.ALWAYS.text()),
            AllowedValues.OneOf.of(PrimaryReselect.values()),
            true,
            "When a primary, or a member with priority, is used again; only with \"active-backup\", \"balance-tlb\" or \"balance-alb\"."),
    BOND_FAIL_OVER_MAC(
            ConfigTable.BOND,
            "fail-over-mac",
            ValueType.STRING,
            Default.of(FailOverMac.NONE.text()),
            AllowedValues.OneOf.of(FailOverMac.values()),
            true,
            "Which MAC addresses the members have; only with \"active-backup\"."),
    BOND_NUM_PEER_NOTIF(
            ConfigTable.BOND,
            "num-peer-notif",
            ValueType.INTEGER,
            Default.of(1),
            new AllowedValues.IntegerRange(0, 255),
            true,
            "How often neighbours are told when another member takes over; only with \"active-backup\"."),
    BOND_PEER_NOTIF_DELAY(
            ConfigTable.BOND,
            "peer-notif-delay",
            ValueType.DURATION,
            Default.of("0ms"),
            new AllowedValues.WholeDuration(ChronoUnit.MILLIS, "0ms", "5min"),
            true,
            "Time between two of these messages: a multiple of miimon, or 0 for miimon itself; only with \"active-backup\"."),
    BOND_RESEND_IGMP(
            ConfigTable.BOND,
            "resend-igmp",
            ValueType.INTEGER,
            Default.of(1),
            new AllowedValues.IntegerRange(0, 255),
            true,
            "How often multicast memberships are told when another member takes over; not with \"balance-xor\", \"broadcast\" or \"802.3ad\"."),
    BOND_ALL_SLAVES_ACTIVE(
            ConfigTable.BOND,
            "all-slaves-active",
            ValueType.BOOLEAN,
            Default.of(false),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether frames that arrive on members that wait are used; not with \"balance-rr\", \"balance-xor\" or \"broadcast\"."),
    BOND_XMIT_HASH_POLICY(
            ConfigTable.BOND,
            "xmit-hash-policy",
            ValueType.STRING,
            Default.of(XmitHashPolicy.LAYER2.text()),
            AllowedValues.OneOf.of(XmitHashPolicy.values()),
            true,
            "What of a frame decides the member it leaves on; not with \"balance-rr\", \"active-backup\" or \"broadcast\"."),
    BOND_PACKETS_PER_SLAVE(
            ConfigTable.BOND,
            "packets-per-slave",
            ValueType.INTEGER,
            Default.of(1),
            new AllowedValues.IntegerRange(0, 65535),
            true,
            "Frames over one member before the next, 0 for one at random each time; only with \"balance-rr\"."),
    BOND_TLB_DYNAMIC_LB(
            ConfigTable.BOND,
            "tlb-dynamic-lb",
            ValueType.BOOLEAN,
            Default.of(true),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether flows move between members by load; only with \"balance-tlb\" or \"balance-alb\"."),
    BOND_LP_INTERVAL(
            ConfigTable.BOND,
            "lp-interval",
            ValueType.DURATION,
            Default.of("1s"),
            new AllowedValues.WholeDuration(ChronoUnit.SECONDS, "1s", "24h"),
            true,
            "Time between two learning packets to the switches; only with \"balance-tlb\" or \"balance-alb\"."),
    BOND_LACP_ACTIVE(
            ConfigTable.BOND,
            "lacp-active",
            ValueType.BOOLEAN,
            Default.of(true),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether LACPDUs are sent without having heard any (Linux 5.15); only with \"802.3ad\"."),
    BOND_LACP_RATE(
            ConfigTable.BOND,
            "lacp-rate",
            ValueType.STRING,
            Default.of(LacpRate.SLOW.text()),
            AllowedValues.OneOf.of(LacpRate.values()),
            true,
            "How often the partner shall send LACPDUs: every 30 s or every second; only with \"802.3ad\"."),
    BOND_AD_SELECT(
            ConfigTable.BOND,
            "ad-select",
            ValueType.STRING,
            Default.of(AdSelect.STABLE.text()),
            AllowedValues.OneOf.of(AdSelect.values()),
            true,
            "Which of several aggregators is used, and when another is chosen; only with \"802.3ad\"."),
    BOND_MIN_LINKS(
            ConfigTable.BOND,
            "min-links",
            ValueType.INTEGER,
            Default.of(0),
            new AllowedValues.IntegerRange(0, 1024),
            true,
            "Members that must be up for the bond to have carrier; only with \"802.3ad\"."),
    BOND_AD_ACTOR_SYS_PRIO(
            ConfigTable.BOND,
            "ad-actor-sys-prio",
            ValueType.INTEGER,
            Default.of(65535),
            new AllowedValues.IntegerRange(1, 65535),
            true,
            "System priority in LACPDUs; only with \"802.3ad\"."),
    BOND_AD_ACTOR_SYSTEM(
            ConfigTable.BOND,
            "ad-actor-system",
            ValueType.STRING,
            Default.absent("the MAC address of the bond"),
            new AllowedValues.OwnMac(),
            true,
            "System identifier in LACPDUs; only with \"802.3ad\".",
            "ad-actor-system = \"02:00:00:00:00:04\""),
    BOND_AD_USER_PORT_KEY(
            ConfigTable.BOND,
            "ad-user-port-key",
            ValueType.INTEGER,
            Default.of(0),
            new AllowedValues.IntegerRange(0, 1023),
            true,
            "Upper 10 bits of the port key in LACPDUs; only with \"802.3ad\"."),
    BOND_COUPLED_CONTROL(
            ConfigTable.BOND,
            "coupled-control",
            ValueType.BOOLEAN,
            Default.of(true),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether a member receives and sends from the same moment on (Linux 6.10); only with \"802.3ad\"."),
    MEMBER_INTERFACE(
            ConfigTable.MEMBER,
            "interface",
            ValueType.STRING,
            Default.required(),
            new AllowedValues.LinkName(),
            true,
            "The network interface of the member.",
            "interface = \"enp10s0\""),
    MEMBER_PRIORITY(
            ConfigTable.MEMBER,
            "priority",
            ValueType.INTEGER,
            Default.of(0),
            new AllowedValues.IntegerRange(Integer.MIN_VALUE, Integer.MAX_VALUE),
            true,
            "The member with the highest is used first (Linux 6.0); only with \"active-backup\", \"balance-tlb\" or \"balance-alb\"."),
    MEMBER_QUEUE_ID(
            ConfigTable.MEMBER,
            "queue-id",
            ValueType.INTEGER,
            Default.absent("none"),
            new AllowedValues.IntegerRange(1, 16),
            true,
            "Transmit queue of the bond that leads to this member, each to one only.",
            "queue-id = 1"),
    VLAN_LINK(
            ConfigTable.VLAN,
            "link",
            ValueType.STRING,
            Default.required(),
            new AllowedValues.LinkName(),
            true,
            "The interface that carries the tagged frames: a real one, a bond, or another VLAN.",
            "link = \"bond0\""),
    VLAN_ID(
            ConfigTable.VLAN,
            "id",
            ValueType.INTEGER,
            Default.required(),
            new AllowedValues.IntegerRange(1, 4094),
            true,
            "The VLAN identifier in the tag.",
            "id = 100"),
    VLAN_PROTOCOL(
            ConfigTable.VLAN,
            "protocol",
            ValueType.STRING,
            Default.of(VlanProtocol.CUSTOMER.text()),
            AllowedValues.OneOf.of(VlanProtocol.values()),
            true,
            "Which tag: the customer's (\"802.1Q\") or the service provider's (\"802.1ad\")."),
    VLAN_MTU(
            ConfigTable.VLAN,
            "mtu",
            ValueType.INTEGER,
            Default.absent("as its link's"),
            new AllowedValues.IntegerRange(68, 65535),
            true,
            "Largest packet, in bytes, that the VLAN carries; with an IPv6 address at least 1280.",
            "mtu = 1500"),
    VLAN_MAC(
            ConfigTable.VLAN,
            "mac",
            ValueType.STRING,
            Default.absent("that of its link"),
            new AllowedValues.OwnMac(),
            true,
            "The MAC address of the VLAN.",
            "mac = \"02:00:00:00:00:02\""),
    VLAN_ADDRESS(
            ConfigTable.VLAN,
            "address",
            ValueType.STRING_OR_STRINGS,
            Default.absent("none"),
            new AllowedValues.UnicastAddress(),
            true,
            "Addresses, each with its prefix length, that the VLAN gets.",
            "address = [\"198.51.100.10/24\"]"),
    VLAN_OFFLOAD(
            ConfigTable.VLAN,
            "offload",
            ValueType.TABLE,
            Default.absent("not touched"),
            new AllowedValues.Features(),
            true,
            "Features of the VLAN, by the names that ethtool -k shows, and whether each is on.",
            "offload = { \"rx-gro\" = true }"),
    VLAN_REORDER_HEADER(
            ConfigTable.VLAN,
            "reorder-header",
            ValueType.BOOLEAN,
            Default.of(true),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether programs see received frames without the tag."),
    VLAN_GVRP(
            ConfigTable.VLAN,
            "gvrp",
            ValueType.BOOLEAN,
            Default.of(false),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether switches are told by GVRP that the VLAN is wanted here; only with \"802.1Q\"."),
    VLAN_MVRP(
            ConfigTable.VLAN,
            "mvrp",
            ValueType.BOOLEAN,
            Default.of(false),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether switches are told by MVRP that the VLAN is wanted here; only with \"802.1Q\"."),
    VLAN_LOOSE_BINDING(
            ConfigTable.VLAN,
            "loose-binding",
            ValueType.BOOLEAN,
            Default.of(false),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether the VLAN stays up when its link goes down."),
    VLAN_BRIDGE_BINDING(
            ConfigTable.VLAN,
            "bridge-binding",
            ValueType.BOOLEAN,
            Default.of(false),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether carrier is that of the bridge ports in the VLAN, where the link is a bridge."),
    VLAN_INGRESS_PRIORITY(
            ConfigTable.VLAN,
            "ingress-priority",
            ValueType.TABLE,
            Default.absent("all 0"),
            new AllowedValues.NumberMap(7, AllowedValues.NumberMap.MAX_PACKET_PRIORITY),
            true,
            "For received frames: priority in the tag, and the priority that the packet gets for it.",
            "ingress-priority = { 5 = 5 }"),
    VLAN_EGRESS_PRIORITY(
            ConfigTable.VLAN,
            "egress-priority",
            ValueType.TABLE,
            Default.absent("all 0"),
            new AllowedValues.NumberMap(AllowedValues.NumberMap.MAX_PACKET_PRIORITY, 7),
            true,
            "For sent frames: priority of the packet, and the priority that the tag gets for it.",
            "egress-priority = { 5 = 5, 6 = 6 }"),
    INTERFACE_MTU(
            ConfigTable.INTERFACE,
            "mtu",
            ValueType.INTEGER,
            Default.absent("not touched"),
            new AllowedValues.IntegerRange(68, 65535),
            true,
            "Largest packet, in bytes, that the interface carries; with an IPv6 address at least 1280.",
            "mtu = 1500"),
    INTERFACE_MAC(
            ConfigTable.INTERFACE,
            "mac",
            ValueType.STRING,
            Default.absent("not touched"),
            new AllowedValues.OwnMac(),
            true,
            "The MAC address of the interface.",
            "mac = \"02:00:00:00:00:03\""),
    INTERFACE_ADDRESS(
            ConfigTable.INTERFACE,
            "address",
            ValueType.STRING_OR_STRINGS,
            Default.absent("not touched"),
            new AllowedValues.UnicastAddress(),
            true,
            "Addresses, each with its prefix length, that the interface gets.",
            "address = [\"203.0.113.10/24\"]"),
    INTERFACE_OFFLOAD(
            ConfigTable.INTERFACE,
            "offload",
            ValueType.TABLE,
            Default.absent("not touched"),
            new AllowedValues.Features(),
            true,
            "Features of the interface, by the names that ethtool -k shows, and whether each is on.",
            "offload = { \"rx-gro\" = true }"),
    INTERFACE_PAUSE(
            ConfigTable.INTERFACE,
            "pause",
            ValueType.TABLE,
            Default.absent("not touched"),
            new AllowedValues.KeysOf(ConfigTable.PAUSE),
            true,
            "Flow control by pause frames (IEEE 802.3 annex 31B).",
            "pause = { autonegotiate = false, receive = true, transmit = true }"),
    INTERFACE_RING(
            ConfigTable.INTERFACE,
            "ring",
            ValueType.TABLE,
            Default.absent("not touched"),
            new AllowedValues.KeysOf(ConfigTable.RING),
            true,
            "Frames that may wait between the kernel and the hardware.",
            "ring = { receive = 4096 }"),
    INTERFACE_COALESCE(
            ConfigTable.INTERFACE,
            "coalesce",
            ValueType.TABLE,
            Default.absent("not touched"),
            new AllowedValues.KeysOf(ConfigTable.COALESCE),
            true,
            "How long the hardware waits for more frames before it interrupts.",
            "coalesce = { receive = \"20us\" }"),
    INTERFACE_CHANNELS(
            ConfigTable.INTERFACE,
            "channels",
            ValueType.TABLE,
            Default.absent("not touched"),
            new AllowedValues.KeysOf(ConfigTable.CHANNELS),
            true,
            "Numbers of queues.",
            "channels = { combined = 4 }"),
    PAUSE_AUTONEGOTIATE(
            ConfigTable.PAUSE,
            "autonegotiate",
            ValueType.BOOLEAN,
            Default.absent("not touched"),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether both ends agree on pause frames when the link comes up.",
            "autonegotiate = false"),
    PAUSE_RECEIVE(
            ConfigTable.PAUSE,
            "receive",
            ValueType.BOOLEAN,
            Default.absent("not touched"),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether sending stops when a pause frame arrives.",
            "receive = true"),
    PAUSE_TRANSMIT(
            ConfigTable.PAUSE,
            "transmit",
            ValueType.BOOLEAN,
            Default.absent("not touched"),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether a pause frame is sent when frames arrive too fast.",
            "transmit = true"),
    RING_RECEIVE(
            ConfigTable.RING,
            "receive",
            ValueType.INTEGER,
            Default.absent("not touched"),
            new AllowedValues.IntegerRange(1, 65536),
            true,
            "Frames that may have arrived and not been taken yet.",
            "receive = 4096"),
    RING_TRANSMIT(
            ConfigTable.RING,
            "transmit",
            ValueType.INTEGER,
            Default.absent("not touched"),
            new AllowedValues.IntegerRange(1, 65536),
            true,
            "Frames that may have been handed over and not been sent yet.",
            "transmit = 4096"),
    COALESCE_RECEIVE(
            ConfigTable.COALESCE,
            "receive",
            ValueType.DURATION,
            Default.absent("not touched"),
            new AllowedValues.WholeDuration(ChronoUnit.MICROS, "0us", "100ms"),
            true,
            "How long a received frame may wait for others.",
            "receive = \"20us\""),
    COALESCE_RECEIVE_FRAMES(
            ConfigTable.COALESCE,
            "receive-frames",
            ValueType.INTEGER,
            Default.absent("not touched"),
            new AllowedValues.IntegerRange(0, 65536),
            true,
            "Received frames after which it does not wait longer.",
            "receive-frames = 32"),
    COALESCE_TRANSMIT(
            ConfigTable.COALESCE,
            "transmit",
            ValueType.DURATION,
            Default.absent("not touched"),
            new AllowedValues.WholeDuration(ChronoUnit.MICROS, "0us", "100ms"),
            true,
            "How long a sent frame may wait for others before its memory is freed.",
            "transmit = \"50us\""),
    COALESCE_TRANSMIT_FRAMES(
            ConfigTable.COALESCE,
            "transmit-frames",
            ValueType.INTEGER,
            Default.absent("not touched"),
            new AllowedValues.IntegerRange(0, 65536),
            true,
            "Sent frames after which it does not wait longer.",
            "transmit-frames = 64"),
    COALESCE_ADAPTIVE_RECEIVE(
            ConfigTable.COALESCE,
            "adaptive-receive",
            ValueType.BOOLEAN,
            Default.absent("not touched"),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether the driver chooses for received frames by their rate.",
            "adaptive-receive = false"),
    COALESCE_ADAPTIVE_TRANSMIT(
            ConfigTable.COALESCE,
            "adaptive-transmit",
            ValueType.BOOLEAN,
            Default.absent("not touched"),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether the driver chooses for sent frames by their rate.",
            "adaptive-transmit = false"),
    CHANNELS_COMBINED(
            ConfigTable.CHANNELS,
            "combined",
            ValueType.INTEGER,
            Default.absent("not touched"),
            new AllowedValues.IntegerRange(0, 1024),
            true,
            "Queues that receive and send.",
            "combined = 4"),
    CHANNELS_RECEIVE(
            ConfigTable.CHANNELS,
            "receive",
            ValueType.INTEGER,
            Default.absent("not touched"),
            new AllowedValues.IntegerRange(0, 1024),
            true,
            "Queues that only receive.",
            "receive = 0"),
    CHANNELS_TRANSMIT(
            ConfigTable.CHANNELS,
            "transmit",
            ValueType.INTEGER,
            Default.absent("not touched"),
            new AllowedValues.IntegerRange(0, 1024),
            true,
            "Queues that only send.",
            "transmit = 0");

    private final ConfigTable table;
    private final String key;
    private final ValueType type;

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutables
    private final Default defaultValue;

    @SuppressWarnings("ImmutableEnumChecker") // all its kinds are records of immutables
    private final AllowedValues allowed;

    private final boolean reloadable;
    private final String sentence;
    private final String example;

    /** An option with a fixed default, which is its example too. */
    ConfigOption(
            ConfigTable table,
            String key,
            ValueType type,
            Default defaultValue,
            AllowedValues allowed,
            boolean reloadable,
            String sentence) {
        this(table, key, type, defaultValue, allowed, reloadable, sentence, key + " = " + defaultValue.text());
    }

    ConfigOption(
            ConfigTable table,
            String key,
            ValueType type,
            Default defaultValue,
            AllowedValues allowed,
            boolean reloadable,
            String sentence,
            String example) {
        this.table = table;
        this.key = key;
        this.type = type;
        this.defaultValue = defaultValue;
        this.allowed = allowed;
        this.reloadable = reloadable;
        this.sentence = sentence;
        this.example = example;
    }

    /** The table the option stands in. */
    public ConfigTable table() {
        return table;
    }

    /** The key, the same as in the file. */
    public String key() {
        return key;
    }

    /** The TOML type the value must have. */
    public ValueType type() {
        return type;
    }

    /** What holds when the key is absent: a TOML value, or words when it is no fixed value. */
    public String defaultText() {
        return defaultValue.text();
    }

    /** Whether a fixed value holds when the key is absent. */
    public boolean hasFixedDefault() {
        return defaultValue.value() != null;
    }

    /** Whether the key must be given. */
    public boolean required() {
        return defaultValue.needed();
    }

    /** What the value may be. */
    public AllowedValues allowed() {
        return allowed;
    }

    /** Whether a change takes effect at reload; otherwise it does at the next start. */
    public boolean reloadable() {
        return reloadable;
    }

    /** What the option does, in one sentence. */
    public String sentence() {
        return sentence;
    }

    /** A line that may stand in a file as it is, such as {@code mtu = 1500}. */
    public String example() {
        return example;
    }

    /** The string that an absent key stands for. */
    String defaultString() {
        return Objects.requireNonNull(defaultValue.value(), key);
    }

    /** The number that an absent key stands for. */
    int defaultInteger() {
        return Integer.parseInt(defaultString());
    }

    /** The boolean that an absent key stands for. */
    boolean defaultFlag() {
        return Boolean.parseBoolean(defaultString());
    }

    /** The duration that an absent key stands for. */
    Duration defaultDuration() {
        return DurationLiteral.parse(defaultString()).orElseThrow();
    }

    /** The one of {@code keywords} that an absent key stands for. */
    <K extends Keyword> K defaultKeyword(K[] keywords) {
        return Arrays.stream(keywords)
                .filter(keyword -> keyword.text().equals(defaultString()))
                .findFirst()
                .orElseThrow();
    }

    /** What holds when a key is absent. */
    private record Default(@Nullable String value, String text, boolean needed) {
        static Default of(String value) {
            return new Default(value, Quoted.of(value), false);
        }

        static Default of(int value) {
            return new Default(Integer.toString(value), Integer.toString(value), false);
        }

        static Default of(boolean value) {
            return new Default(Boolean.toString(value), Boolean.toString(value), false);
        }

        static Default absent(String meaning) {
            return new Default(null, meaning, false);
        }

        static Default required() {
            return new Default(null, "none, must be given", true);
        }
    }
}
