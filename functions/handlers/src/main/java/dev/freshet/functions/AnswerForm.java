package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.Caller;
import dev.freshet.attribute.PublicAttributes;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.ItemFields;
import dev.freshet.ranking.ReasonLanguage;
import dev.freshet.ranking.ReasonLanguages;
import org.jspecify.annotations.Nullable;

/**
 * What a response says of each item, and in which language.
 *
 * @param fields that the caller may read
 * @param language of the reasons
 */
record AnswerForm(ItemFields fields, ReasonLanguage language) {
    /** The form where the request asks for nothing else. */
    static final AnswerForm USUAL = new AnswerForm(ItemFields.USUAL, ReasonLanguage.ENGLISH);

    private static final String LANGUAGE = "language";

    /**
     * What a stack offers.
     *
     * @param open the attributes that everybody with a credential may read
     * @param languages of reasons
     */
    record Offer(PublicAttributes open, ReasonLanguages languages) {
        /**
         * Reads the form of the response to a {@code GET}.
         *
         * @throws InvalidQueryException for fields or a language that break a rule
         * @throws ProblemException 400 for an attribute that the caller may not read
         */
        AnswerForm of(HttpRequest request) {
            return form(
                    request, ItemFields.of(request.query()), request.query(LANGUAGE).orElse(null));
        }

        /**
         * Reads the form of the response to a request with a body.
         *
         * @throws InvalidQueryException for fields or a language that break a rule
         * @throws ProblemException 400 for an attribute that the caller may not read
         */
        AnswerForm of(HttpRequest request, JsonNode body) {
            JsonNode language = body.path(LANGUAGE);
            return form(
                    request,
                    ItemFields.of(body),
                    language.isMissingNode() || language.isNull() ? null : language.asText(""));
        }

        private AnswerForm form(HttpRequest request, ItemFields fields, @Nullable String language) {
            if (language != null && !ReasonLanguages.isTag(language)) {
                throw new InvalidQueryException(
                        "bad-language", "language must be a tag of BCP 47, such as de or pt-BR.");
            }
            checkReadable(request.caller(), fields);
            return new AnswerForm(
                    fields,
                    languages.choose(language, request.header("Accept-Language").orElse(null)));
        }

        /** Refuses an attribute that is not public, whether or not items have it. */
        private void checkReadable(Caller caller, ItemFields fields) {
            if (!caller.trusted() && !fields.attributes().stream().allMatch(open::allows)) {
                throw new Problem(
                                400,
                                "attribute-not-public",
                                "fields lists an attribute that only a secret key may read; the"
                                        + " owner of the stack opens attributes by the option"
                                        + " publicAttributes.")
                        .asException();
            }
        }
    }
}
