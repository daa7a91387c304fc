package net.twinpath.tests.traffic;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * A file of pseudo-random octets whose checksum is known.
 *
 * @param path   where it is
 * @param octets its size
 * @param sha256 its SHA-256 in lower-case hexadecimal digits
 */
public record SampleFile(Path path, long octets, String sha256) {
    private static final int CHUNK_OCTETS = 1 << 20;

    /** Writes a file; the same seed gives the same octets. */
    public static SampleFile create(Path path, long octets, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MessageDigest digest = newDigest();
        byte[] chunk = new byte[CHUNK_OCTETS];
        try (OutputStream out = Files.newOutputStream(path)) {
            for (long left = octets; left > 0; left -= CHUNK_OCTETS) {
                int length = (int) Math.min(left, CHUNK_OCTETS);
                random.nextBytes(chunk);
                digest.update(chunk, 0, length);
                out.write(chunk, 0, length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SampleFile(path, octets, hex(digest));
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
