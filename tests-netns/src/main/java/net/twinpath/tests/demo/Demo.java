package net.twinpath.tests.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.twinpath.tests.fixture.BuildFolder;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.OpenResources;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.fixture.TwoHosts;
import net.twinpath.tests.traffic.SampleFile;

/**
 * Two hosts, two links, one fault after the other: shows that nothing is lost over twinpath, and what is lost over one
 * plain link.
 *
 * <p>Exit status: 0 when twinpath lost nothing, duplicated nothing and the file is the same at both ends; 1 when not,
 * or when the demonstration could not be made.
 */
public final class Demo {
    private static final String PLAIN_ADDRESS_A = "10.78.0.1";
    private static final String PLAIN_ADDRESS_B = "10.78.0.2";
    private static final long FILE_OCTETS = 512L << 20;
    private static final long FILE_SEED = 62439;

    private static final String TOPOLOGY = """

              host A                                          host B
             ┌────────────────────┐                          ┌────────────────────┐
             │ dup0   10.77.0.1   │ lan0                lan0 │ dup0   10.77.0.2   │
             │   │             ┌──┼────────── LAN A ╳ ───────┼──┐             │   │
             │   └── twinpathd ┤  │                          │  ├ twinpathd ──┘   │
             │                 └──┼────────── LAN B ╳ ───────┼──┘                 │
             │                    │ lan1                lan1 │                    │
             │                    │                          │                    │
             │ plain0 10.78.0.1 ──┼────────── plain ╳ ───────┼── plain0 10.78.0.2 │
             └────────────────────┘                          └────────────────────┘
                                                    ╳ faults happen here
            """;

    private final PrintStream out;
    private final Path picture;

    private Demo(PrintStream out, Path picture) {
        this.out = out;
        this.picture = picture;
    }

    /**
     * Runs the demonstration.
     *
     * @param arguments {@code [--picture FILE]}
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            System.exit(new Demo(out, pictureFile(arguments)).run() ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (IllegalStateException | UncheckedIOException | IOException e) {
            if (!OpenResources.ending()) {
                System.err.println("the demonstration could not be made: " + e.getMessage());
                System.exit(1);
            }
        }
    }

    private static Path pictureFile(String[] arguments) {
        if (arguments.length == 0) {
            return BuildFolder.target().resolve("demo/comparison.svg");
        }
        if (arguments.length == 2 && arguments[0].equals("--picture")) {
            return Path.of(arguments[1]);
        }
        throw new IllegalArgumentException("usage: demo [--picture FILE]");
    }

    private boolean run() throws IOException {
        out.print(TOPOLOGY);
        out.println("Making hosts, cables and a file of 512 MiB; starting twinpathd in both hosts");
        try (TwoHosts<Cable> hosts = TwoHosts.start();
                Cable plain = Cable.connect("plain", hosts.a(), "plain0", hosts.b(), "plain0")) {
            SampleFile sample = SampleFile.create(hosts.folder().resolve("sample"), FILE_OCTETS, FILE_SEED);
            Telling telling = new Telling(Story.EACH_LINK_IN_TURN, hosts.a(), hosts.b(), sample, hosts.folder(), out);
            title("With twinpath: two links");
            Measurement twinpath = overTwinpath(hosts, telling);
            title("The same over one plain link");
            plainLink(hosts.a(), hosts.b());
            Measurement single = telling.run("one plain link", PLAIN_ADDRESS_B, new Telling.Cables(plain, plain));
            report(telling.story(), twinpath, single);
            status("A", hosts.daemonA());
            status("B", hosts.daemonB());
            return verdict(twinpath);
        }
    }

    /** Of a failure, the end of a daemon is the first cause to name. */
    private static Measurement overTwinpath(TwoHosts<Cable> hosts, Telling telling) {
        try {
            return telling.run("twinpath", TwoHosts.ADDRESS_B, new Telling.Cables(hosts.lanA(), hosts.lanB()));
        } catch (IllegalStateException e) {
            hosts.daemonA().checkRunning();
            hosts.daemonB().checkRunning();
            throw e;
        }
    }

    private static void plainLink(Namespace a, Namespace b) {
        a.address("plain0", PLAIN_ADDRESS_A + "/24");
        b.address("plain0", PLAIN_ADDRESS_B + "/24");
        a.up("plain0");
        b.up("plain0");
    }

    private void title(String words) {
        out.println();
        out.println(words);
    }

    private void report(Story story, Measurement twinpath, Measurement single) throws IOException {
        out.println();
        out.print(ComparisonTable.of(List.of(twinpath, single)));
        Path file = picture.toAbsolutePath();
        Files.createDirectories(file.getParent());
        Files.writeString(file, ComparisonPicture.of(story, twinpath, single));
        out.println();
        out.println("The same as a picture: " + file);
    }

    private void status(String host, Twinpathd daemon) {
        title("twinpathctl status, host " + host);
        out.print(daemon.statusText().indent(2));
    }

    private boolean verdict(Measurement twinpath) {
        out.println();
        List<String> shortcomings = twinpath.shortcomings();
        if (shortcomings.isEmpty()) {
            out.println("Nothing was lost, nothing came twice, and the file is the same at both ends.");
        }
        shortcomings.forEach(line -> out.println("NOT as promised: " + line));
        return shortcomings.isEmpty();
    }
}
