package net.twinpath.daemon.ctl;

import java.util.List;

/** Rows of cells, one line each; words stand to the left of their column, numbers to the right. */
final class TextTable {
    private final List<List<String>> rows;
    private final int columnsOfWords;
    private final int[] widths;

    /**
     * @param rows           the first one is the heading
     * @param columnsOfWords how many of the first columns are words
     */
    TextTable(List<List<String>> rows, int columnsOfWords) {
        this.rows = rows;
        this.columnsOfWords = columnsOfWords;
        this.widths = new int[rows.get(0).size()];
        rows.forEach(this::widen);
    }

    private void widen(List<String> row) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], row.get(column).length());
        }
    }

    /** Characters of the longest line. */
    int width() {
        return rows.stream().mapToInt(row -> line(row).length()).max().orElse(0);
    }

    /** The lines, each with its end. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(line(row)).append('\n'));
        return text.toString();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder(" ");
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append("  ").append(column < columnsOfWords ? cell + padding : padding + cell);
        }
        return line.toString().stripTrailing();
    }
}
