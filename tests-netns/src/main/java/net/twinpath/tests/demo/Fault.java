package net.twinpath.tests.demo;

import net.twinpath.tests.fixture.Cable;

/** What happens to a link, in words, and how it is done to a cable. */
enum Fault {
    CUT("cut"),
    LOSES_20_PERCENT("loses 20 %"),
    HEALED("healed");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    void happenTo(Cable cable) {
        switch (this) {
            case CUT -> cable.cut();
            case LOSES_20_PERCENT -> cable.lose(20);
            case HEALED -> cable.heal();
        }
    }
}
