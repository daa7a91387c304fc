package net.twinpath.tests.vm;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Worker;

/** The monitor of the virtual machine this program runs in (QMP, the QEMU machine protocol), through a port of it. */
final class MachineMonitor implements AutoCloseable {
    private static final Path PORT = Path.of("/dev/virtio-ports/qmp");
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private final RandomAccessFile port;
    private final BufferedReader answers;

    /** The port can be opened once only, so both ways go through one file. */
    private MachineMonitor(RandomAccessFile port) throws IOException {
        this.port = port;
        answers = new BufferedReader(new InputStreamReader(new FileInputStream(port.getFD()), StandardCharsets.UTF_8));
    }

    static MachineMonitor open() {
        if (!Files.exists(PORT)) {
            throw new IllegalStateException("no " + PORT + ": this runs in the virtual machine of tests-netns/vm only");
        }
        try {
            MachineMonitor monitor = new MachineMonitor(new RandomAccessFile(PORT.toFile(), "rw"));
            monitor.execute(List.of(command("qmp_capabilities")));
            return monitor;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pulls the cable out of network cards, or puts it back, in all of them at the same moment. */
    void setLinks(List<String> cards, boolean up) {
        execute(cards.stream().map(card -> setLink(card, up)).toList());
    }

    private static JsonObject setLink(String card, boolean up) {
        JsonObject arguments = new JsonObject();
        arguments.addProperty("name", card);
        arguments.addProperty("up", up);
        JsonObject command = command("set_link");
        command.add("arguments", arguments);
        return command;
    }

    private static JsonObject command(String name) {
        JsonObject command = new JsonObject();
        command.addProperty("execute", name);
        return command;
    }

    private void execute(List<JsonObject> commands) {
        for (JsonObject answer :
                Await.result("the monitor's answer", ANSWER_LIMIT, Worker.start("monitor", () -> ask(commands)))) {
            if (answer.has("error")) {
                throw new IllegalStateException("the machine's monitor refuses " + commands + ": " + answer);
            }
        }
    }

    /** One write, so that the machine carries all commands out before it runs on; an answer to each. */
    private List<JsonObject> ask(List<JsonObject> commands) throws IOException {
        String text = commands.stream().map(command -> command + "\n").collect(Collectors.joining());
        port.write(text.getBytes(StandardCharsets.UTF_8));
        List<JsonObject> received = new ArrayList<>();
        while (received.size() < commands.size()) {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("the machine's monitor was closed");
            }
            JsonObject message = JsonParser.parseString(line).getAsJsonObject();
            // Others are the greeting and events.
            if (message.has("return") || message.has("error")) {
                received.add(message);
            }
        }
        return received;
    }

    @Override
    public void close() {
        try {
            port.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
