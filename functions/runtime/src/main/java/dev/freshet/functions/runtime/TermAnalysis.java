package dev.freshet.functions.runtime;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import dev.freshet.itemflow.CatalogFlow.ItemAnalysis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.util.StringHelper;

/**
 * Term frequencies of items, by Lucene's analyzers. The item's attribute {@value #LANGUAGE} selects
 * an analyzer with the stop words and stems of that language. Without it, or for a language that is
 * not supported, words are only folded in case and accents; stop words then get a low weight by
 * their frequency.
 *
 * <p>A term of the title counts {@value #TITLE} times. A tag counts {@value #TAG} times, as one
 * term distinct from the words.
 */
public final class TermAnalysis implements ItemAnalysis {
    /** The attribute with the language of title and text: {@code en}, {@code pt-BR}. */
    public static final String LANGUAGE = "language";

    private static final int TITLE = 2;
    private static final int TAG = 3;
    private static final int MIN_LENGTH = 2;
    private static final int MAX_LENGTH = 64;

    private final Map<String, Analyzer> analyzers = new ConcurrentHashMap<>();

    @Override
    public Map<Integer, Integer> terms(Item item) {
        Map<Integer, Integer> frequencies = new HashMap<>();
        Analyzer analyzer = analyzer(language(item));
        BiConsumer<String, Integer> count =
                (term, times) -> frequencies.merge(hash(term), times, Integer::sum);
        count(analyzer, item.title(), TITLE, count);
        count(analyzer, item.text(), 1, count);
        item.tags().forEach(tag -> count.accept("tag:" + tag.toLowerCase(Locale.ROOT), TAG));
        return mostFrequent(frequencies);
    }

    private static String language(Item item) {
        return item.attributes().get(LANGUAGE) instanceof AttributeValue.Text(String language)
                ? language
                : "";
    }

    private static void count(
            Analyzer analyzer, String text, int times, BiConsumer<String, Integer> count) {
        try (TokenStream tokens = analyzer.tokenStream("", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                count.accept(term.toString(), times);
            }
            tokens.end();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text in memory cannot be read", impossible);
        }
    }

    /**
     * Returns the Murmur3 hash of a term. Hashes are stored in the model, so they must not change
     * between processes and versions.
     */
    private static int hash(String term) {
        byte[] bytes = term.getBytes(StandardCharsets.UTF_8);
        return StringHelper.murmurhash3_x86_32(bytes, 0, bytes.length, 0);
    }

    private static Map<Integer, Integer> mostFrequent(Map<Integer, Integer> frequencies) {
        if (frequencies.size() <= Example.ItemChanged.MAX_TERMS) {
            return frequencies;
        }
        Map<Integer, Integer> kept = new LinkedHashMap<>();
        frequencies.entrySet().stream()
                .sorted(
                        Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(Example.ItemChanged.MAX_TERMS)
                .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        return kept;
    }

    private Analyzer analyzer(String language) {
        String primary = language.strip().toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
        return switch (primary) {
            case "en" -> analyzers.computeIfAbsent(primary, key -> new EnglishAnalyzer());
            case "de" -> analyzers.computeIfAbsent(primary, key -> new GermanAnalyzer());
            case "es" -> analyzers.computeIfAbsent(primary, key -> new SpanishAnalyzer());
            case "fr" -> analyzers.computeIfAbsent(primary, key -> new FrenchAnalyzer());
            case "it" -> analyzers.computeIfAbsent(primary, key -> new ItalianAnalyzer());
            case "nl" -> analyzers.computeIfAbsent(primary, key -> new DutchAnalyzer());
            case "pt" -> analyzers.computeIfAbsent(primary, key -> new PortugueseAnalyzer());
            default -> analyzers.computeIfAbsent("", key -> new FoldingAnalyzer());
        };
    }

    /** An analyzer of words, folded in case and accents. */
    private static final class FoldingAnalyzer extends Analyzer {
        @Override
        protected TokenStreamComponents createComponents(String fieldName) {
            StandardTokenizer words = new StandardTokenizer();
            TokenStream folded = new ASCIIFoldingFilter(new LowerCaseFilter(words));
            return new TokenStreamComponents(
                    words, new LengthFilter(folded, MIN_LENGTH, MAX_LENGTH));
        }
    }
}
