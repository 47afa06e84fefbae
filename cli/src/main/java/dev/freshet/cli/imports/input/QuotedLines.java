package dev.freshet.cli.imports.input;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Joins the lines of a table that belong to one row because a quoted cell holds the end of a line.
 * A row has at most {@value #MAX_LINES} lines; where no quote ends it by then, its first line
 * stands alone, so that one stray quote spoils one line.
 */
final class QuotedLines implements Input {
    /** Most lines of a row. */
    static final int MAX_LINES = 1_000;

    private final Input lines;
    private final Deque<InputLine> ahead = new ArrayDeque<>();

    QuotedLines(Input lines) {
        this.lines = lines;
    }

    @Override
    public Optional<InputLine> next() throws IOException {
        Optional<InputLine> first = ahead.isEmpty() ? lines.next() : Optional.of(ahead.poll());
        return first.isEmpty() || closed(first.get().text())
                ? first
                : Optional.of(joined(first.get()));
    }

    private InputLine joined(InputLine first) throws IOException {
        StringBuilder text = new StringBuilder(first.text());
        boolean cut = first.cut();
        Deque<InputLine> used = new ArrayDeque<>();
        while (used.size() < MAX_LINES - 1 && text.length() <= InputLine.MAX_LENGTH && !cut) {
            Optional<InputLine> more = ahead.isEmpty() ? lines.next() : Optional.of(ahead.poll());
            if (more.isEmpty()) {
                break;
            }
            used.add(more.get());
            cut = more.get().cut();
            text.append('\n').append(more.get().text());
            if (!closed(more.get().text())) {
                return new InputLine(first.number(), text.toString(), cut);
            }
        }
        while (!used.isEmpty()) {
            ahead.addFirst(used.removeLast());
        }
        return first;
    }

    /** Returns whether a text has an even number of quotes. */
    private static boolean closed(String text) {
        return text.chars().filter(character -> character == '"').count() % 2 == 0;
    }

    @Override
    public long done() {
        return lines.done();
    }

    @Override
    public long total() {
        return lines.total();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
