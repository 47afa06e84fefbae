package dev.freshet.model;

import dev.freshet.bytes.Fields;
import dev.freshet.bytes.Form;
import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.bytes.StoredFormat;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.settings.ModelSettings;

/**
 * The binary form of whole models: the settings, then each of {@link ModelParts#ALL}. It is
 * canonical: models that result from the same examples have equal bytes, whether folded in one go
 * or continued from a snapshot; the version number is not part of it. ≈ 12 B a basket entry, ≈ 60 B
 * an item and its texts.
 */
public final class SnapshotCodec {
    private static final int MAX = Integer.MAX_VALUE - 1;

    private static final Form<ModelSettings> SETTINGS =
            fields ->
                    new ModelSettings(
                                    fields.upTo(MAX, of -> of.bounds().maxItems()),
                                    fields.upTo(MAX, of -> of.bounds().maxEntries()),
                                    fields.upTo(MAX, of -> of.bounds().maxTerms()),
                                    fields.flag(of -> of.bounds().learns()))
                            .withCatalogue(
                                    fields.part(DeltaCodec.CATALOGUE, ModelSettings::catalogue));

    private static final Form<Model> MODEL =
            fields -> {
                Model model = Model.empty(fields.part(SETTINGS, Model::settings));
                for (ModelPart<?> part : ModelParts.ALL) {
                    model = with(part, fields, model);
                }
                return model;
            };

    private SnapshotCodec() {}

    /** Encodes a model. */
    public static byte[] encode(Model model) {
        return StoredFormat.SNAPSHOT.encode(model, MODEL, 1 << 16);
    }

    /**
     * Decodes a model and the settings that it was made under. Every index is checked, so that a
     * damaged model is never served.
     *
     * @throws MalformedBytesException when the bytes are not a valid model
     */
    public static Model decode(byte[] bytes) {
        return StoredFormat.SNAPSHOT.decode(bytes, MODEL);
    }

    /** Returns what is known of a model before a part, with the part. */
    private static <V> Model with(ModelPart<V> part, Fields<Model> fields, Model before) {
        Form<V> form = part.form().of(before.settings().bounds(), before.items().size());
        return before.with(part, fields.part(form, model -> model.part(part)));
    }
}
