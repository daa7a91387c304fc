package net.twinpath.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.twinpath.config.toml.Quoted;
import org.tomlj.TomlTable;

/** Makes {@link LinkSettings} of the elements of {@code links}. */
final class LinksReader {
    private static final ConfigOption LINKS = ConfigOption.PATH_LINKS;

    private final TableReader path;
    private final Optional<Format> format;
    private final List<LinkSettings> links = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private LinksReader(TableReader path, Optional<Format> format) {
        this.path = path;
        this.format = format;
    }

    /** Takes the links of a path; without a format, what depends on it is not checked. */
    static List<LinkSettings> read(TableReader path, Optional<Format> format) {
        LinksReader reader = new LinksReader(path, format);
        reader.checkCount();
        path.elements(LINKS).forEach(reader::read);
        return reader.links;
    }

    private void checkCount() {
        OptionalInt count = path.arrayLength(LINKS);
        if (count.isPresent() && format.isPresent()) {
            int found = count.getAsInt();
            Format known = format.get();
            if (found < known.minLinks() || found > known.maxLinks()) {
                path.report(
                        LINKS,
                        "expected " + known.linkCount() + " links for " + Quoted.of(known.text()) + ", found " + found
                                + "; example: " + LINKS.example());
            }
        }
    }

    private void read(TableReader.Element element) {
        if (element.value() instanceof TomlTable) {
            TableReader table = path.nested(LINKS, element);
            table.reportUnlessFor(Format.FRER, format, ConfigOption.LINK_VLAN);
            OptionalInt vlan = table.integer(ConfigOption.LINK_VLAN);
            table.string(ConfigOption.LINK_INTERFACE)
                    .ifPresent(name -> add(new LinkSettings(name, vlan, element.position())));
        } else {
            add(new LinkSettings((String) element.value(), OptionalInt.empty(), element.position()));
        }
    }

    private void add(LinkSettings link) {
        if (seen.add(link.interfaceName())) {
            links.add(link);
        } else {
            path.report(
                    LINKS,
                    link.source(),
                    Quoted.of(link.interfaceName())
                            + " is given twice; two copies over one cable protect nothing, so links must be different"
                            + " interfaces");
        }
    }
}
