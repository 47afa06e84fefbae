package dev.freshet.cli.imports.entry;

import dev.freshet.cli.imports.input.InputLine;

/**
 * Why a line, or something that it says, is refused.
 *
 * @param code stable, kebab-case, such as {@code occurred-at-too-old}
 * @param detail a sentence for a person
 */
public record Refusal(InputLine line, String code, String detail) {}
