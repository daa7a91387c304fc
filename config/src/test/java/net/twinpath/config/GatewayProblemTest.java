package net.twinpath.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exact line an operator gets when the inside interface of a gateway cannot be that. */
class GatewayProblemTest {
    @TempDir
    Path temporary;

    private ConfigFolder files;

    @BeforeEach
    void emptyFolder() {
        files = new ConfigFolder(temporary);
    }

    @Test
    void anAddressIsRefused() {
        files.with("twinpath.toml", "[path.g]", "address = []", "links = [\"a\", \"b\"]", "inside = \"c\"");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:2:1: path.g.address: a path with inside = \"c\" has no interface of its"
                        + " own for an address; remove the key, or use inside = \"host\"");
    }

    @Test
    void aLinkInTheFormOfATableIsNotTheInside() {
        files.with("twinpath.toml", "[path.g]", "inside = \"b\"", "links = [\"a\", { interface = \"b\" }]");

        assertThat(files.problems())
                .containsExactly(
                        "twinpath.toml:2:1: path.g.inside: \"b\" is a link of this path, which cannot be its own"
                                + " inside; use \"host\", or the name of an interface that is no link");
    }

    @Test
    void theInsideOfTwoPathsNamesBothPlaces() {
        files.with("twinpath.toml", "[path.g]", "inside = \"c\"", "links = [\"a\", \"b\"]")
                .with("conf.d/h.toml", "[path.h]", "links = [\"d\", \"e\"]", "inside = \"c\"");

        assertThat(files.problems())
                .containsExactly("conf.d/h.toml:3:1: path.h.inside: interface \"c\" is already the inside of [path.g]"
                        + " at twinpath.toml:2:1; an interface may have one use only");
    }

    @Test
    void theInsideThatIsALinkOfAnotherPathNamesBothPlaces() {
        files.with(
                "twinpath.toml",
                "[path.g]",
                "links = [\"a\", \"b\"]",
                "inside = \"c\"",
                "[path.h]",
                "links = [\"d\", { interface = \"c\" }]",
                "[path.i]",
                "links = [\"e\", \"f\"]",
                "inside = \"d\"");

        assertThat(files.problems())
                .containsExactly(
                        "twinpath.toml:5:15: path.h.links: interface \"c\" is already the inside of [path.g]"
                                + " at twinpath.toml:3:1; an interface may have one use only",
                        "twinpath.toml:8:1: path.i.inside: interface \"d\" is already a link of [path.h]"
                                + " at twinpath.toml:5:10; an interface may have one use only");
    }

    @Test
    void theInsideThatIsMadeForAnotherPathNamesBothPlaces() {
        files.with(
                "twinpath.toml",
                "[path.dup0]",
                "links = [\"a\", \"b\"]",
                "[path.g]",
                "links = [\"c\", \"d\"]",
                "inside = \"dup0\"");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:5:1: path.g.inside: interface \"dup0\" is already made for [path.dup0]"
                        + " at twinpath.toml:1:1; an interface may have one use only");
    }

    @Test
    void aGatewayMakesNoInterfaceSoThatItsNameIsFree() {
        files.with(
                "twinpath.toml",
                "[path.g]",
                "links = [\"a\", \"b\"]",
                "inside = \"c\"",
                "[path.h]",
                "links = [\"g\", \"g-in\"]");

        assertThat(files.problems()).isEmpty();
    }
}
