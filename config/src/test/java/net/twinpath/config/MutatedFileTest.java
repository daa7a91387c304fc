package net.twinpath.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.twinpath.config.toml.ConfigException;
import net.twinpath.config.toml.ConfigProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A valid file, damaged at random, is read or refused with sound problems, and never fails otherwise. */
class MutatedFileTest {
    private static final int RUNS = 3_000;
    private static final byte[] BYTES =
            "[]{}=.,\"'\\#\n\r\t /%:-_0129abeux\0\u00fc\uFEFF".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temporary;

    private int refused;
    private int accepted;

    @Test
    void damageLeadsToProblemsOnly() throws IOException {
        List<byte[]> valid = validFiles();
        Path file = temporary.resolve("twinpath.toml");
        for (int seed = 0; seed < RUNS; seed++) {
            byte[] damaged = damage(valid.get(seed % valid.size()), new SplittableRandom(seed));
            Files.write(file, damaged);
            check(file, seed);
        }
        assertThat(refused).isGreaterThan(RUNS / 2);
        assertThat(accepted).isPositive();
        assertThat(accepted + refused).isEqualTo(RUNS);
    }

    /** The examples without their prose, which would take most of the damage, and one with unusual syntax. */
    private static List<byte[]> validFiles() throws IOException {
        String unusual = "sysctl.net.core.rmem_max = 1\n[path.\"b.1\"]\nlinks = ['c', \"\"\"d\"\"\"]\n"
                + "address = 'fd78::1/64'\nx = {a = 1, b = [1.5, true]}\nstream = [{name = 's', match.vlan = 1}]\n"
                + "[vlan]\nv = { link = 'u', id = 1, egress-priority.5 = 5 }\n"
                + "[bond]\nu = { mode = '802.3ad', members = ['m', { interface = 'n' }] }\n";
        List<byte[]> files = new ArrayList<>(List.of(unusual.getBytes(StandardCharsets.UTF_8)));
        for (String name : List.of(
                "full.toml", "frer.toml", "gateway.toml", "two-hosts.toml", "bond-vlan.toml", "appliance.toml")) {
            String text = Files.readString(Path.of("examples", name));
            files.add(text.replaceAll("(?m)^# .*\n", "").getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    private void check(Path file, int seed) {
        try {
            ConfigReader.read(file);
            accepted++;
        } catch (ConfigException e) {
            refused++;
            assertThat(e.problems()).as("seed %d", seed).isNotEmpty().allSatisfy(MutatedFileTest::assertSound);
            List<Integer> lines = e.problems().stream().map(ConfigProblem::line).toList();
            assertThat(lines).as("seed %d", seed).isSorted();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + " fails", e);
        }
    }

    private static void assertSound(ConfigProblem problem) {
        assertThat(problem.line()).isPositive();
        assertThat(problem.column()).isPositive();
        assertThat(problem.message()).isNotBlank();
        assertThat(problem.toString()).doesNotContainPattern("\\p{Cntrl}");
    }

    private static byte[] damage(byte[] content, SplittableRandom random) {
        byte[] damaged = content;
        for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
            damaged = change(damaged, random);
        }
        return damaged;
    }

    /** Replaces up to 20 bytes somewhere by a random byte, by nothing, or by a piece from elsewhere. */
    private static byte[] change(byte[] content, SplittableRandom random) {
        int from = random.nextInt(content.length);
        int to = Math.min(content.length, from + (random.nextBoolean() ? random.nextInt(2) : random.nextInt(20)));
        byte[] piece = switch (random.nextInt(3)) {
            case 0 -> new byte[0];
            case 1 -> new byte[] {BYTES[random.nextInt(BYTES.length)]};
            default -> piece(content, random);
        };
        byte[] changed = new byte[from + piece.length + content.length - to];
        System.arraycopy(content, 0, changed, 0, from);
        System.arraycopy(piece, 0, changed, from, piece.length);
        System.arraycopy(content, to, changed, from + piece.length, content.length - to);
        return changed;
    }

    private static byte[] piece(byte[] content, SplittableRandom random) {
        int from = random.nextInt(content.length);
        int to = Math.min(content.length, from + random.nextInt(30));
        return Arrays.copyOfRange(content, from, to);
    }
}
