package net.twinpath.netlink.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole step: a folder of specifications in, the sources in {@code src/test/resources/golden} out. */
class GenerateBindingsTest {
    @TempDir
    private Path folder;

    private Path specifications = Path.of("");
    private Path output = Path.of("");

    @BeforeEach
    void copyDemo() throws Exception {
        specifications = Files.createDirectory(folder.resolve("specifications"));
        output = folder.resolve("output");
        Files.copy(resource("/demo-route.yaml"), specifications.resolve("demo-route.yaml"));
    }

    @Test
    void writesExactlyTheGoldenSources() throws Exception {
        generate();
        Map<String, String> expected = texts(resource("/golden"));
        Map<String, String> written = texts(output);
        assertThat(written.keySet()).isEqualTo(expected.keySet());
        for (Map.Entry<String, String> source : expected.entrySet()) {
            assertThat(written.get(source.getKey())).as(source.getKey()).isEqualTo(source.getValue());
        }
    }

    @Test
    void aSourceThatStaysTheSameIsNotWrittenAgain() throws Exception {
        generate();
        Path source = output.resolve("demo/demoroute/DemoRoute.java");
        FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(source, longAgo);
        generate();
        assertThat(Files.getLastModifiedTime(source)).isEqualTo(longAgo);
    }

    @Test
    void aSourceThatNoSpecificationDescribesIsDeleted() throws Exception {
        generate();
        Path stale = Files.writeString(output.resolve("demo/demoroute/Stale.java"), "class Stale {}");
        generate();
        assertThat(stale).doesNotExist();
    }

    @Test
    void aMistakeStopsTheStepBeforeAnythingIsWritten() throws Exception {
        Files.writeString(specifications.resolve("wrong.yaml"), "name: wrong\n");
        assertThatExceptionOfType(SpecificationException.class)
                .isThrownBy(this::generate)
                .withMessage("wrong.yaml:1: key \"protocol\" is missing");
        assertThat(output).doesNotExist();
    }

    @Test
    void aFolderWithoutSpecificationsIsAMistake() throws Exception {
        Files.delete(specifications.resolve("demo-route.yaml"));
        assertThatIllegalArgumentException().isThrownBy(this::generate).withMessageEndingWith("holds no *.yaml");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GenerateBindings.main(new String[] {"x"}))
                .withMessage("expected: SPECIFICATION-FOLDER OUTPUT-FOLDER PARENT-PACKAGE");
    }

    private void generate() throws IOException {
        GenerateBindings.main(new String[] {specifications.toString(), output.toString(), "demo"});
    }

    private static Map<String, String> texts(Path root) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(GenerateBindingsTest.class.getResource(name))
                .toURI());
    }
}
