package net.twinpath.netlink.generator;

/**
 * A place in a specification, for error messages.
 *
 * @param file file name, without folders
 * @param line line number, from 1
 * @param path names from the root of the document to the place, separated by slashes
 */
record Location(String file, int line, String path) {
    SpecificationException error(String problem) {
        return new SpecificationException(this + ": " + problem);
    }

    Location child(String name, int childLine) {
        return new Location(file, childLine, path.isEmpty() ? name : path + "/" + name);
    }

    @Override
    public String toString() {
        return path.isEmpty() ? file + ":" + line : file + ":" + line + ": " + path;
    }
}
