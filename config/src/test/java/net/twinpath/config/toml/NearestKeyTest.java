package net.twinpath.config.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.twinpath.config.ConfigOption;
import net.twinpath.config.ConfigTable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which known key is suggested for a mistyped one. */
class NearestKeyTest {
    @ParameterizedTest
    @CsvSource({
        "link, links",
        "likns, links",
        "Links, links",
        "addresses, address",
        "mtuu, mtu",
        "formt, format",
        "fmt, ''",
        "m, ''",
        "'', ''",
        "carrier, ''",
    })
    void theNearestKeyIsSuggestedWhenItIsNear(String typed, String suggested) {
        Stream<String> keys = ConfigTable.PATH.options().stream().map(ConfigOption::key);

        assertThat(NearestKey.to(typed, keys).orElse("")).isEqualTo(suggested);
    }

    @RepeatedTest(200)
    void theDistanceIsThatOfThePlainRecursion(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        String a = word(random);
        String b = word(random);

        assertThat(NearestKey.distance(a, b)).as("%s %s", a, b).isEqualTo(plainDistance(a, b));
    }

    private static String word(SplittableRandom random) {
        StringBuilder word = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }

    private static int plainDistance(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.length() + b.length();
        }
        String restOfA = a.substring(1);
        String restOfB = b.substring(1);
        int best = plainDistance(restOfA, restOfB) + (a.charAt(0) == b.charAt(0) ? 0 : 1);
        best = Math.min(best, 1 + Math.min(plainDistance(restOfA, b), plainDistance(a, restOfB)));
        if (a.length() > 1 && b.length() > 1 && a.charAt(0) == b.charAt(1) && a.charAt(1) == b.charAt(0)) {
            best = Math.min(best, 1 + plainDistance(a.substring(2), b.substring(2)));
        }
        return best;
    }
}
