package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.BackgroundProcess;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.fixture.TwoHosts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The built {@code twinpathctl}, each command in each form. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final TwoHosts<Cable> hosts = TwoHosts.start();

    @BeforeAll
    void awaitTheOtherHost() {
        Await.until("a is heard", LIMIT, () -> hosts.daemonA().statusText().contains("DAN"));
    }

    @AfterAll
    void close() {
        hosts.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "path",
                "path dup0",
                "link",
                "link lan1",
                "node",
                "stream",
                "stream dup0",
                "counters",
                "counters lan0",
                "events --no-follow",
                "plan",
                "reload",
                "reset-counters dup0",
                "metrics",
                "metrics --openmetrics",
                "version"
            })
    void everyCommandHasItsAnswerAsTextJsonAndKeysWithValues(String command) {
        Command.Result text = ctl(command);
        assertThat(text.status()).as(text.errors()).isZero();
        assertThat(text.errors()).isEmpty();
        Command.Result json = ctl(command + " --json");
        assertThat(json.status()).isZero();
        String first =
                command.startsWith("events") ? json.output().lines().findFirst().orElseThrow() : json.output();
        assertThat(JsonParser.parseString(first)).isInstanceOf(JsonObject.class);
        Command.Result keyValue = ctl("--keyvalue " + command);
        assertThat(keyValue.status()).isZero();
        assertThat(keyValue.output().lines()).allMatch(line -> line.matches("[^=]+=.*"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            path dup9           | no path "dup9"; there are: dup0
            stream dup9         | no path "dup9"; there are: dup0
            reset-counters dup9 | no path "dup9"; there are: dup0
            link lan9           | no link "lan9"; there are: lan0, lan1
            counters lan9       | no path or link "lan9"; there are: dup0, lan0, lan1
            """)
    void anUnknownNameIsAnsweredWithThoseThereAre(String command, String answer) {
        Command.Result result = ctl(command);
        assertThat(result.errors()).isEqualTo("twinpathctl: " + answer + "\n");
        assertThat(result.output()).isEmpty();
        assertThat(result.status()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "status --nope", "drill", "drill lan0 --for 10", "events --since yesterday"})
    void wrongUsageIsToldAsSuch(String command) {
        Command.Result result = ctl(command);
        assertThat(result.status()).as(result.output()).isEqualTo(2);
        assertThat(result.errors()).isNotEmpty();
    }

    @Test
    void whatTheFileSaysIsCheckedWithoutTheDaemon() throws IOException {
        Path file = hosts.folder().resolve("wrong.toml");
        Files.writeString(file, "[path.dup0]\nlinks = [\"lan0\"]\nnope = 1\n");
        Command.Result wrong = ctl("check " + file);
        assertThat(wrong.status()).isEqualTo(78);
        assertThat(wrong.errors()).startsWith("twinpathctl: " + file + ":").contains("nope");
        Command.Result right = ctl("check " + hosts.daemonA().config());
        assertThat(right.status()).isZero();
        assertThat(right.output()).contains(hosts.daemonA().config() + " is right; paths: 1");
    }

    @Test
    void withoutADaemonTheExitStatusSaysSo() {
        String nobody = hosts.folder().resolve("nobody.sock").toString();
        String program = Twinpathd.home().resolve("bin/twinpathctl").toString();
        Command.Result result = hosts.a().attempt(program, "--socket", nobody, "status");
        assertThat(result.status()).isEqualTo(4);
        assertThat(result.errors()).contains("no twinpathd answers at " + nobody);
    }

    @Test
    void countersBeginAgainAtZeroAndThePathGoesOn() {
        hosts.a().run("ping", "-q", "-c", "20", "-i", "0.01", TwoHosts.ADDRESS_B);
        assertThat(sent()).isGreaterThanOrEqualTo(20);
        assertThat(ctl("reset-counters").status()).isZero();
        assertThat(sent()).isLessThan(20);
        hosts.a().run("ping", "-q", "-c", "20", "-i", "0.01", TwoHosts.ADDRESS_B);
        assertThat(sent()).isGreaterThanOrEqualTo(20);
        hosts.daemonA().awaitCondition("protected");
    }

    private long sent() {
        return hosts.daemonA().pathCounter("out_sequenced");
    }

    @Test
    void eventsAreFollowedAsTheyHappen() {
        BackgroundProcess events = hosts.daemonA().startCtl(hosts.folder().resolve("events"), "events");
        Await.until("what was before is told", LIMIT, () -> events.output().contains("config-applied"));
        hosts.lanA().cut();
        Await.until(
                "the cut is told",
                LIMIT,
                () -> events.output()
                        .lines()
                        .anyMatch(line -> line.matches(".* warning +link-down +dup0: lan0 no carrier")));
        hosts.lanA().heal();
        Await.until(
                "the end of it is told",
                LIMIT,
                () -> events.output()
                        .lines()
                        .reduce((one, next) -> next)
                        .filter(line -> line.contains("path-protected"))
                        .isPresent());
        events.close();
        hosts.daemonA().awaitCondition("protected");
    }

    @Test
    void itWorksWithoutItsArchiveOfClassesAndWithOneThatDoesNotFit() throws IOException {
        Path home = hosts.folder().resolve("twinpath");
        Command.run("cp", "-r", Twinpathd.home().toString(), home.toString());
        String program = home.resolve("bin/twinpathctl").toString();
        Path archive = home.resolve("made/twinpathctl.jsa");
        for (String damage : new String[] {"elsewhere", "cut", "gone"}) {
            if (damage.equals("cut")) {
                Files.write(archive, new byte[1_000]);
            } else if (damage.equals("gone")) {
                Files.delete(archive);
            }
            Command.Result result = hosts.a()
                    .attempt(
                            program,
                            "--socket",
                            hosts.folder().resolve("a.sock").toString(),
                            "version");
            assertThat(result.errors()).as(damage).isEmpty();
            assertThat(result.output()).as(damage).startsWith("twinpathctl ");
            assertThat(result.status()).as(damage).isZero();
        }
    }

    private Command.Result ctl(String words) {
        return hosts.daemonA().ctl(Stream.of(words.split(" ")).toArray(String[]::new));
    }
}
