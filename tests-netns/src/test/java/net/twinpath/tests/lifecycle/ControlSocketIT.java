package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The control socket with clients of other makers: every packet is answered, and nobody is waited for. */
class ControlSocketIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** What every Python client begins with. */
    private static final String CLIENT = """
            import json, random, socket, sys
            def connect():
                client = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                client.connect(sys.argv[1])
                client.settimeout(10)
                return client
            def request(method, id=1):
                return json.dumps({"jsonrpc": "2.0", "id": id, "method": method}).encode()
            def answer(client):
                return json.loads(client.recv(1 << 20))
            def ask(client, packet):
                client.send(packet)
                return answer(client)
            """;

    private final TemporaryFolder folder = TemporaryFolder.create("control");
    private final Namespace a = Namespace.host("a");
    private final Namespace b = Namespace.host("b");
    private final Cable lanA = Cable.connect("lan-a", a, "lan0", b, "lan0");
    private final Cable lanB = Cable.connect("lan-b", a, "lan1", b, "lan1");
    private final Path socket = folder.resolve("a.sock");
    private final Twinpathd daemon = start();
    private long socketsBefore;

    private Twinpathd start() {
        for (String link : new String[] {"lan0", "lan1"}) {
            b.up(link);
        }
        return Twinpathd.start(a, folder, "a", """
                [path.dup0]
                links = ["lan0", "lan1"]
                """);
    }

    @BeforeEach
    void awaitProtected() {
        daemon.awaitCondition("protected");
        Await.until("twinpathctl's connections are closed", LIMIT, () -> {
            long before = socketsBefore;
            socketsBefore = openSockets();
            return before == socketsBefore;
        });
    }

    /** Whatever a test did, the daemon is well afterwards and has let go of every connection. */
    @AfterEach
    void removeEverything() {
        try {
            assertThat(daemon.ctl("status").status()).isZero();
            // Before the test, the daemon may still have had the connection it was last asked over.
            Await.until("no connection is left", LIMIT, () -> openSockets() <= socketsBefore);
            assertThat(daemon.log()).doesNotContain("[ERROR]");
            assertThat(daemon.stop()).isZero();
        } finally {
            daemon.close();
            a.close();
            b.close();
            lanA.close();
            lanB.close();
            folder.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"status, condition", "version, max_clients"})
    void socatIsAnswered(String method, String expectedKey) {
        String request = "{\"jsonrpc\": \"2.0\", \"id\": \"socat\", \"method\": \"" + method + "\"}";
        String address = "UNIX-CONNECT:" + socket + ",type=5";
        JsonObject answer = JsonParser.parseString(socat(request, address)).getAsJsonObject();
        assertThat(answer.get("id").getAsString()).isEqualTo("socat");
        assertThat(answer.getAsJsonObject("result").keySet()).contains(expectedKey);
    }

    private static String socat(String request, String address) {
        Command.Result result = Command.attempt(request, "socat", "-t", "10", "-", address);
        assertThat(result.errors()).isEmpty();
        return result.output();
    }

    @Test
    void theVersionAnnouncesTheLimits() {
        assertThat(python("""
                result = ask(connect(), request("version"))["result"]
                print(result["version"], result["max_request_bytes"], result["max_clients"])
                """)).isEqualTo("0.1.0 65536 64\n");
    }

    @Test
    void theStatusNamesPathsAndLinks() {
        assertThat(python("""
                result = ask(connect(), request("status"))["result"]
                path = result["paths"][0]
                print(result["condition"], path["name"], path["mtu"], [link["name"] for link in path["links"]])
                """)).isEqualTo("protected dup0 1494 ['lan0', 'lan1']\n");
        assertThat(daemon.status().get("pid").getAsLong()).isEqualTo(daemon.pid());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"jsonrpc":"2.0","id":7,"method":"nope"}              | 7    | -32601 | no method "nope"; there are: plan, reload, status, streams, version
            {"jsonrpc":"2.0","id":7,"method":"status","params":1} | 7    | -32602 | "params" is an object
            {"jsonrpc":"2.0","id":7,"method":1}                   | 7    | -32600 | "method" is a string
            {"jsonrpc":"1.0","id":7,"method":"status"}            | 7    | -32600 | "jsonrpc" is "2.0"
            {"jsonrpc":"2.0","method":"status"}                   | None | -32600 | a request has an id, a string or a number
            [{"jsonrpc":"2.0","id":7,"method":"status"}]          | None | -32600 | a request is one JSON object, and batches are not taken
            1                                                     | None | -32600 | a request is one JSON object, and batches are not taken
            ` `                                                   | None | -32700 | not one JSON text: it is empty
            {} {}                                                 | None | -32700 | not one JSON text:
            {"jsonrpc":"2.0","id":7,"method":"status"             | None | -32700 | not one JSON text:
            {'jsonrpc':'2.0','id':7,'method':'status'}            | None | -32700 | not one JSON text:
            """)
    void aWrongRequestIsAnsweredWithWhatIsWrong(String packet, String id, int code, String message) {
        assertThat(python("""
                answer = ask(connect(), sys.argv[2].encode())
                print(answer["id"], answer["error"]["code"], answer["error"]["message"])
                """, packet).strip())
                .startsWith(id + " " + code + " " + message)
                .hasLineCount(1);
    }

    @Test
    void aRequestMayHave65536OctetsAndNotOneMore() {
        assertThat(python("""
                client = connect()
                print(ask(client, request("version").ljust(65536))["result"]["version"])
                print(ask(client, request("version").ljust(65537))["error"]["message"])
                print(ask(client, b"x" * 200000)["error"]["message"])
                print(ask(client, request("version"))["result"]["version"])
                """).lines())
                .containsExactly(
                        "0.1.0",
                        "a request has at most 65536 octets, this one has 65537",
                        "a request has at most 65536 octets, this one has 200000",
                        "0.1.0");
    }

    @Test
    void nestingAsDeepAsARequestAllowsIsAnswered() {
        assertThat(python("""
                client = connect()
                for packet in (b"[" * 65536, b'{"a":' * 13107, b"[" * 32768 + b"]" * 32768, b'"' + b"a" * 65534 + b'"'):
                    print(ask(client, packet)["error"]["code"])
                """).lines()).containsExactly("-32700", "-32700", "-32700", "-32600");
    }

    @Test
    void manyPacketsBeforeTheFirstReadAreAnsweredInOrder() {
        assertThat(python("""
                client = connect()
                for i in range(100):
                    client.send(request("version", i))
                print([answer(client)["id"] for i in range(100)] == list(range(100)))
                """)).isEqualTo("True\n");
    }

    @Test
    void theClientAfterThe64thIsToldSoAndFindsRoomWhenOneHasGone() {
        assertThat(python("""
                clients = [connect() for i in range(64)]
                print([ask(client, request("version"))["id"] for client in clients] == [1] * 64)
                late = connect()
                print(answer(late)["error"]["message"])
                print(len(late.recv(1)))
                clients.pop().close()
                replies = (ask(connect(), request("version")) for i in range(1000))
                print(next(reply["id"] for reply in replies if "result" in reply))
                """).lines()).containsExactly("True", "64 clients are connected", "0", "1");
    }

    /** It sends before the daemon has looked at the connection. */
    @Test
    void theClientAfterThe64thIsToldSoThoughItHasAskedAlready() {
        assertThat(python("""
                clients = [connect() for i in range(64)]
                print(ask(clients[63], request("version"))["id"])
                told = 0
                for i in range(100):
                    late = connect()
                    try:
                        late.send(request("version"))
                    except BrokenPipeError:
                        pass
                    told += answer(late)["error"]["message"] == "64 clients are connected"
                    late.close()
                print(told)
                """).lines()).containsExactly("1", "100");
    }

    @Test
    void aClientThatNeverReadsIsDroppedAndTheOthersAreAnswered() {
        assertThat(python("""
                other = connect()
                deaf = connect()
                dropped = False
                for i in range(10000):
                    try:
                        deaf.send(request("status", i))
                    except (BrokenPipeError, ConnectionResetError):
                        dropped = True
                        break
                    if i % 100 == 0:
                        assert ask(other, request("version", i))["id"] == i
                print(dropped, ask(other, request("version", "last"))["id"])
                """)).isEqualTo("True last\n");
    }

    @Test
    void clientsThatLeaveWithoutReadingDoNoHarm() {
        assertThat(python("""
                for i in range(500):
                    client = connect()
                    if i % 2:
                        client.send(request("status"))
                    client.close()
                print(ask(connect(), request("version"))["id"])
                """)).isEqualTo("1\n");
    }

    @Test
    void randomOctetsAreAnswered() {
        assertThat(python("""
                random.seed(11)
                client = connect()
                for i in range(2000):
                    packet = random.randbytes(random.randrange(1, 3000))
                    assert "error" in ask(client, packet), packet
                print("done")
                """)).isEqualTo("done\n");
    }

    @Test
    void requestsWithDamagedOctetsAreAnswered() {
        assertThat(python("""
                random.seed(12)
                client = connect()
                good = 0
                for i in range(3000):
                    packet = bytearray(request("version"))
                    for j in range(random.randrange(3)):
                        packet[random.randrange(len(packet))] = random.randrange(256)
                    reply = ask(client, bytes(packet[random.randrange(2) * random.randrange(9):]))
                    assert ("error" in reply) != ("result" in reply), packet
                    good += "result" in reply
                print(good > 100)
                """)).isEqualTo("True\n");
    }

    @Test
    void theExitStatusFollowsTheCondition() {
        lanA.cut();
        daemon.awaitCondition("degraded");
        Command.Result text = daemon.ctl("status");
        assertThat(text.status()).isEqualTo(1);
        assertThat(text.errors()).isEmpty();
        assertThat(text.output())
                .contains("dup0: DEGRADED since ")
                .contains("lan0 no carrier, lan1 carrying: frames pass, but the next failure may lose some")
                .contains("-> lan0: check its cable and the switch port; it joins by itself when it is back");
        Command.Result json = daemon.ctl("status", "--json");
        assertThat(json.status()).isEqualTo(1);
        assertThat(JsonParser.parseString(json.output())
                        .getAsJsonObject()
                        .get("condition")
                        .getAsString())
                .isEqualTo("degraded");
        lanA.heal();
        daemon.awaitCondition("protected");
        assertThat(daemon.ctl("status").status()).isZero();
        assertThat(daemon.statusText()).contains("dup0: PROTECTED since ").doesNotContain("->");
    }

    private String python(String program, String... arguments) {
        Command.Result result = Command.attempt("", words(CLIENT + program, arguments));
        assertThat(result.errors()).isEmpty();
        return result.output();
    }

    private String[] words(String program, String... arguments) {
        return Stream.concat(Stream.of("python3", "-c", program, socket.toString()), Stream.of(arguments))
                .toArray(String[]::new);
    }

    /** Sockets the daemon has open; other descriptors, such as of jars, come as they are first needed. */
    private long openSockets() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + daemon.pid() + "/fd"))) {
            return descriptors.filter(ControlSocketIT::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closed) {
            return false;
        }
    }
}
