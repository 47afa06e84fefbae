package dev.freshet.cli.imports;

import dev.freshet.cli.imports.entry.LineParser;
import dev.freshet.cli.imports.input.Input;
import dev.freshet.cli.imports.mapping.MappedParser;
import dev.freshet.cli.imports.mapping.Mapping;
import java.io.IOException;
import java.nio.file.Path;

/** How files are read: by a format that has a name, or by a mapping. */
sealed interface ImportSource {
    /** Returns a parser for one file. */
    LineParser parser();

    /** Opens a file. */
    Input open(Path file) throws IOException;

    /** Returns a hash of the mapping, or "". */
    String mappingHash();

    /**
     * A format that has a name.
     *
     * @param name of the format
     */
    record Named(String name) implements ImportSource {
        @Override
        public LineParser parser() {
            return Formats.parser(name);
        }

        @Override
        public Input open(Path file) throws IOException {
            return Input.text(file);
        }

        @Override
        public String mappingHash() {
            return "";
        }
    }

    /** A mapping. */
    record Mapped(Mapping mapping) implements ImportSource {
        @Override
        public LineParser parser() {
            return new MappedParser(mapping);
        }

        @Override
        public Input open(Path file) throws IOException {
            return mapping.open(file);
        }

        @Override
        public String mappingHash() {
            return mapping.hash();
        }
    }
}
