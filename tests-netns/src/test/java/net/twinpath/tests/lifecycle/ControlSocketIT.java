package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    /** A user and a group that no account of the machine has. */
    private static final int USER = 64_123;

    private static final int GROUP = 64_124;

    /** What every Python client begins with. */
    private static final String CLIENT = """
            import json, random, socket, sys
            def connect():
                client = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                client.connect(sys.argv[1])
                client.settimeout(10)
                return client
            def request(method, id=1, **params):
                return json.dumps({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).encode()
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
    @CsvSource({"status, condition", "version, limits"})
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
                limits = result["limits"]
                print(result["version"], limits["max_request_bytes"], limits["max_clients"])
                print(limits == ask(connect(), request("system.describe"))["result"]["limits"])
                """)).isEqualTo("0.1.0 65536 256\nTrue\n");
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
            {"jsonrpc":"2.0","id":7,"method":"nope"}              | 7    | -32601 | no method "nope"; there are: drill, events, metrics, nodes, plan, reload, reset-counters, status, streams, subscribe, system.describe, unsubscribe, version
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
    void theClientAfterThe256thIsToldSoAndFindsRoomWhenOneHasGone() {
        assertThat(python("""
                clients = [connect() for i in range(256)]
                print([ask(client, request("version"))["id"] for client in clients] == [1] * 256)
                late = connect()
                print(answer(late)["error"]["message"])
                print(len(late.recv(1)))
                clients.pop().close()
                replies = (ask(connect(), request("version")) for i in range(1000))
                print(next(reply["id"] for reply in replies if "result" in reply))
                """).lines()).containsExactly("True", "256 clients are connected", "0", "1");
    }

    /** It sends before the daemon has looked at the connection. */
    @Test
    void theClientAfterThe256thIsToldSoThoughItHasAskedAlready() {
        assertThat(python("""
                clients = [connect() for i in range(256)]
                print(ask(clients[255], request("version"))["id"])
                told = 0
                for i in range(100):
                    late = connect()
                    try:
                        late.send(request("version"))
                    except BrokenPipeError:
                        pass
                    told += answer(late)["error"]["message"] == "256 clients are connected"
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
                for i in range(100000):
                    try:
                        deaf.send(request("status", i))
                    except (BrokenPipeError, ConnectionResetError):
                        dropped = True
                        break
                    if i % 1000 == 0:
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
    void twoHundredClientsAtOnceAreServed() {
        assertThat(python("""
                clients = [connect() for i in range(200)]
                for i, client in enumerate(clients):
                    client.send(request("status", i))
                print([answer(client)["id"] for client in clients] == list(range(200)))
                """)).isEqualTo("True\n");
    }

    @Test
    void aClientAboveItsRateIsToldSoAndTheOthersAreAnswered() {
        assertThat(python("""
                limit = ask(connect(), request("version"))["result"]["limits"]["max_requests_per_second"]
                fast, other = connect(), connect()
                refused = 0
                for burst in range(50):
                    for i in range(200):
                        fast.send(request("version", i))
                    replies = [answer(fast) for i in range(200)]
                    assert [reply["id"] for reply in replies] == list(range(200))
                    errors = [reply["error"] for reply in replies if "error" in reply]
                    assert all(error["code"] == -32001 for error in errors), errors
                    refused += len(errors)
                    assert "result" in ask(other, request("version"))
                print(refused > 0, errors[0]["message"] == f"a client has at most {limit} requests a second")
                """)).isEqualTo("True True\n");
    }

    @Test
    void eventsAreToldToSubscribersFromTheFirstOn() {
        assertThat(python("""
                client = connect()
                name = ask(client, request("subscribe", topic="events", after=0))["result"]["subscription"]
                seen = []
                while not {"config-applied", "path-protected"} <= set(seen):
                    told = answer(client)
                    assert told["method"] == "event" and "id" not in told and told["params"]["subscription"] == name
                    seen.append(told["params"]["event"]["kind"])
                    assert told["params"]["event"]["number"] == len(seen)
                client.send(request("unsubscribe", "last", subscription=name))
                replies = iter(lambda: answer(client), None)
                print(next(reply["result"] for reply in replies if "id" in reply))
                print(ask(client, request("unsubscribe", subscription=name))["error"]["code"])
                """)).isEqualTo("{}\n-32602\n");
    }

    @Test
    void theStatusComesAgainAndAgainToWhoSubscribed() {
        assertThat(python("""
                client = connect()
                ask(client, request("subscribe", topic="status", interval_ms=250))
                print([answer(client)["params"]["status"]["condition"] for i in range(3)])
                print(ask(connect(), request("subscribe", topic="status", interval_ms=249))["error"]["message"])
                print(ask(connect(), request("subscribe", topic="events", interval_ms=250))["error"]["message"])
                greedy = connect()
                replies = [ask(greedy, request("subscribe", topic="events")) for i in range(9)]
                print(sum("result" in reply for reply in replies), replies[8]["error"]["message"])
                """)).isEqualTo("""
                ['protected', 'protected', 'protected']
                "interval_ms" must be a whole number from 250 to 3600000
                "interval_ms" is for the topic status
                8 a client has at most 8 subscriptions
                """);
    }

    @Test
    void descriptorsThatComeWithARequestAreClosed() {
        long before = openDescriptors();
        assertThat(python("""
                import os
                client = connect()
                for i in range(200):
                    ends = os.pipe()
                    socket.send_fds(client, [request("version", i)], ends)
                    assert answer(client)["id"] == i
                    for end in ends:
                        os.close(end)
                print("done")
                """)).isEqualTo("done\n");
        Await.until("no descriptor is left", LIMIT, () -> openDescriptors() <= before);
    }

    @Test
    void anEmptyPacketEndsTheConnection() {
        assertThat(python("""
                client = connect()
                client.send(b"")
                print(len(client.recv(1)))
                """)).isEqualTo("0\n");
    }

    @Test
    void hostileClientsLeaveNothingBehind() {
        long before = openDescriptors();
        assertThat(python("""
                random.seed(13)
                clients = []
                for i in range(20000):
                    if len(clients) < 20:
                        clients.append(connect())
                    client = random.choice(clients)
                    packet = random.choice([
                        random.randbytes(random.randrange(1, 200)),
                        request("status", i)[:random.randrange(1, 60)],
                        request("nope", i),
                        request("version", i),
                        b"[" * random.randrange(1, 4000),
                        request("streams", i, path="x" * random.randrange(1000)),
                        request("subscribe", i, topic="events", after=random.randrange(9)),
                        b"x" * 70000,
                        b"",
                    ])
                    try:
                        client.send(packet)
                        if random.randrange(3):
                            client.recv(1 << 20, socket.MSG_DONTWAIT)
                    except BlockingIOError:
                        pass
                    except (BrokenPipeError, ConnectionResetError):
                        clients.remove(client)
                    if random.randrange(50) == 0 and client in clients:
                        client.close()
                        clients.remove(client)
                print(ask(connect(), request("version"))["id"])
                """)).isEqualTo("1\n");
        Await.until("no descriptor is left", LIMIT, () -> openDescriptors() <= before);
    }

    @Test
    void theGroupMayAskAndNobodyElseMayConnect() {
        Command.run("chgrp", Integer.toString(GROUP), socket.toString());
        String status = """
                try:
                    print("result" in ask(connect(), request("status")), ask(connect(), request("reload"))["error"])
                    print(ask(connect(), request("drill", link="lan0"))["error"]["code"])
                except PermissionError as e:
                    print(e.strerror)
                """;
        assertThat(pythonAs(USER, GROUP, status)).isEqualTo("""
                True {'code': -32000, 'message': '"reload" changes something, which root alone may do'}
                -32000
                """);
        assertThat(pythonAs(USER, USER, status)).isEqualTo("Permission denied\n");
        assertThat(daemon.log())
                .contains("reload by uid " + USER + " (pid ")
                .contains("): refused, because root alone may");
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
        assertThat(daemon.statusText())
                .containsPattern("dup0: PROTECTED (AS FAR AS KNOWN )?since ")
                .doesNotContain("->");
    }

    private String python(String program, String... arguments) {
        Command.Result result = Command.attempt("", words(CLIENT + program, arguments));
        assertThat(result.errors()).isEmpty();
        return result.output();
    }

    /** As another user, who need not be known to this machine. */
    private String pythonAs(int user, int group, String program) {
        List<String> words = new ArrayList<>(List.of(
                "setpriv", "--reuid", Integer.toString(user), "--regid", Integer.toString(group), "--clear-groups"));
        words.addAll(List.of("/usr/bin/python3", "-c", CLIENT + program, socket.toString()));
        Command.Result result = Command.attempt("", words.toArray(String[]::new));
        assertThat(result.errors()).isEmpty();
        return result.output();
    }

    private String[] words(String program, String... arguments) {
        return Stream.concat(Stream.of("python3", "-c", program, socket.toString()), Stream.of(arguments))
                .toArray(String[]::new);
    }

    private long openDescriptors() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + daemon.pid() + "/fd"))) {
            return descriptors.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
