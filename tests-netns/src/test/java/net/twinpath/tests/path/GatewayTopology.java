package net.twinpath.tests.path;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.Switch;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;

/**
 * Two gateways with devices behind them, which run no software of ours, and a host with a daemon, on two LANs.
 *
 * <pre>
 *  device1 .11 ─┐                    ┌─ LAN A ─┐                   ┌─ far .13
 *               ├─ segment ─ gateway ┤         ├ farGateway ─ farSegment
 *  device2 .12 ─┘            (eth2)  └─ LAN B ─┘   (eth2)
 *                                     │      │
 *                                     └ host ┘ dup0 .1
 * </pre>
 */
final class GatewayTopology implements AutoCloseable {
    static final String HOST = "10.77.0.1";
    static final String DEVICE_1 = "10.77.0.11";
    static final String DEVICE_2 = "10.77.0.12";
    static final String FAR_DEVICE = "10.77.0.13";

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String GATEWAY_PATH = """
            [path.gw]
            inside = "eth2"
            links = ["lan0", "lan1"]
            """;

    final TemporaryFolder folder = TemporaryFolder.create("gateway");
    final Namespace host = Namespace.host("host");
    final Namespace gateway = Namespace.host("gateway");
    final Namespace farGateway = Namespace.host("far-gateway");
    final Namespace device1 = Namespace.host("device1");
    final Namespace device2 = Namespace.host("device2");
    final Namespace farDevice = Namespace.host("far-device");
    final Switch lanA = Switch.make("lan-a");
    final Switch lanB = Switch.make("lan-b");
    final Switch segment = Switch.make("segment");
    final Switch farSegment = Switch.make("far-segment");
    final Twinpathd hostDaemon;
    final Twinpathd gatewayDaemon;
    final Twinpathd farDaemon;

    private GatewayTopology() {
        for (Namespace onLans : List.of(host, gateway, farGateway)) {
            lanA.plug(onLans, "lan0");
            lanB.plug(onLans, "lan1");
        }
        segment.plug(gateway, "eth2");
        farSegment.plug(farGateway, "eth2");
        plugDevice(segment, device1, DEVICE_1);
        plugDevice(segment, device2, DEVICE_2);
        plugDevice(farSegment, farDevice, FAR_DEVICE);
        hostDaemon = Twinpathd.start(host, folder, "host", """
                [path.dup0]
                address = ["%s/24", "%s/64"]
                mtu = 1500
                links = ["lan0", "lan1"]
                """.formatted(HOST, ipv6(HOST)));
        gatewayDaemon = Twinpathd.start(gateway, folder, "gateway", GATEWAY_PATH);
        farDaemon = Twinpathd.start(farGateway, folder, "far", GATEWAY_PATH);
    }

    static GatewayTopology start() {
        GatewayTopology topology = new GatewayTopology();
        topology.awaitProtected();
        return topology;
    }

    /** Makes a device's only interface, with an IPv4 address and the IPv6 address that goes with it. */
    static void plugDevice(Switch segment, Namespace device, String address) {
        segment.plug(device, "eth0");
        device.address("eth0", address + "/24");
        device.address("eth0", ipv6(address) + "/64");
        device.up("eth0");
    }

    /** {@code 10.77.0.11} has {@code fd77::11}. */
    static String ipv6(String address) {
        return "fd77::" + address.substring(address.lastIndexOf('.') + 1);
    }

    /** An interface's address as {@code ip} and the daemon write it. */
    static String mac(Namespace host, String interfaceName) {
        return host.run("cat", "/sys/class/net/" + interfaceName + "/address").strip();
    }

    /** An interface's address as 12 hexadecimal digits. */
    static String hexMac(Namespace host, String interfaceName) {
        return mac(host, interfaceName).replace(":", "");
    }

    void awaitProtected() {
        hostDaemon.awaitCondition("protected");
        gatewayDaemon.awaitCondition("protected");
        farDaemon.awaitCondition("protected");
    }

    /** A counter of all links together. */
    static long linkCounter(Twinpathd daemon, String key) {
        long sum = 0;
        for (JsonElement link : daemon.path().getAsJsonArray("links")) {
            sum += link.getAsJsonObject().getAsJsonObject("counters").get(key).getAsLong();
        }
        return sum;
    }

    /** What a daemon knows of a node; waits until it knows it as one of a kind. */
    static JsonObject awaitNode(Twinpathd daemon, String mac, String kind) {
        Await.until(
                mac + " is known as " + kind,
                LIMIT,
                () -> node(daemon, mac)
                        .map(node -> node.get("kind").getAsString())
                        .equals(Optional.of(kind)));
        return node(daemon, mac).orElseThrow();
    }

    private static Optional<JsonObject> node(Twinpathd daemon, String mac) {
        return daemon.path().getAsJsonArray("nodes").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(node -> node.get("address").getAsString().equals(mac))
                .findFirst();
    }

    static List<String> insideDevices(Twinpathd daemon) {
        return daemon.path().getAsJsonArray("inside_devices").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    @Override
    public void close() {
        List.of(farDaemon, gatewayDaemon, hostDaemon).forEach(Twinpathd::close);
        List.of(lanA, lanB, segment, farSegment).forEach(Switch::close);
        List.of(host, gateway, farGateway, device1, device2, farDevice).forEach(Namespace::close);
        folder.close();
    }
}
