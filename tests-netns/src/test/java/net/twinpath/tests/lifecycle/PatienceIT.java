package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import net.twinpath.tests.fixture.BackgroundProcess;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.TwoHosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How long the daemon bears clients that ask nothing, and subscribers that take nothing. */
@Execution(ExecutionMode.CONCURRENT)
class PatienceIT {
    /** A minute is what a client may say nothing for; a subscriber may for ever, and has 10 s to take what it gets. */
    private static final String CLIENTS = """
            import json, select, socket, sys, time
            def connect():
                client = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                client.connect(sys.argv[1])
                client.settimeout(90)
                return client
            def send(client, method, **params):
                client.send(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode())
            def answer(client):
                return json.loads(client.recv(1 << 20))
            began = time.monotonic()
            idle = connect()
            listening = connect()
            send(listening, "subscribe", topic="status", interval_ms=30000)
            print(answer(listening)["id"])
            deaf = connect()
            for i in range(8):
                send(deaf, "subscribe", topic="status", interval_ms=250)
            hung_up = select.poll()
            hung_up.register(deaf, 0)
            print(bool(hung_up.poll(90000)))
            print(answer(idle)["error"]["message"], idle.recv(1), time.monotonic() - began >= 60)
            print(answer(listening)["method"])
            send(listening, "version")
            while answer(listening).get("id") != 1:
                pass
            print("answered")
            """;

    @Test
    void whoAsksNothingIsToldSoAndClosedAndADeafSubscriberIsDropped() {
        try (TwoHosts<Cable> hosts = TwoHosts.start()) {
            Path log = hosts.folder().resolve("clients");
            BackgroundProcess clients = hosts.a()
                    .start(
                            log,
                            "python3",
                            "-c",
                            CLIENTS,
                            hosts.daemonA().socket().toString());
            assertThat(clients.waitFor(Duration.ofSeconds(200))).isZero();
            assertThat(clients.output().lines())
                    .containsExactly("1", "True", "closed after 60 s without a request b'' True", "status", "answered");
            hosts.daemonA().awaitCondition("protected");
        }
    }
}
