package dev.freshet.cli.imports.mapping;

/**
 * A place in a file of YAML.
 *
 * @param file name of the file
 * @param line from 1
 * @param column from 1
 */
record Position(String file, int line, int column) {
    @Override
    public String toString() {
        return file + " line " + line + ", column " + column;
    }
}
