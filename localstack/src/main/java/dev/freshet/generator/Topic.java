package dev.freshet.generator;

import java.util.List;

/**
 * A section of the newspaper, with the vocabulary of its articles.
 *
 * @param name name of the section
 * @param share weight of the section when a user's preferred topics are drawn, relative to the
 *     other sections
 * @param tags tags of its articles, besides the section's name
 * @param nouns nouns and noun phrases, the most distinctive words
 * @param verbs verbs in the past tense
 */
public record Topic(
        String name, double share, List<String> tags, List<String> nouns, List<String> verbs) {
    public Topic {
        tags = List.copyOf(tags);
        nouns = List.copyOf(nouns);
        verbs = List.copyOf(verbs);
    }

    private static Topic of(String name, double share, String tags, String nouns, String verbs) {
        return new Topic(
                name,
                share,
                List.of(tags.split(" ")),
                List.of(nouns.split(", ")),
                List.of(verbs.split(", ")));
    }

    /**
     * The twelve sections; as in a real newspaper, the shares are skewed and a few sections draw
     * most users.
     */
    public static final List<Topic> ALL =
            List.of(
                    of(
                            "football",
                            1.0,
                            "league cup transfers derby goalkeepers",
                            "the striker, a penalty shootout, the midfield, the back line, the away crowd, a loan deal, "
                                    + "the goalkeeper, the second half, a hamstring strain, the dressing room, the table, the derby",
                            "scored, defended, signed, equalised, pressed, substituted, saved, celebrated"),
                    of(
                            "politics",
                            0.9,
                            "parliament elections budget coalition reform",
                            "the coalition, a draft bill, the committee, the opposition, a confidence vote, the minister, "
                                    + "the electorate, a spending review, the constitution, a by-election, the ballot, the cabinet",
                            "voted, debated, resigned, amended, campaigned, vetoed, negotiated, pledged"),
                    of(
                            "technology",
                            0.8,
                            "chips software robots privacy startups",
                            "a compiler, the data centre, an open-source project, the processor, a security flaw, the keyboard, "
                                    + "a neural network, the satellite link, the browser, a firmware update, the warehouse robot, the cloud bill",
                            "shipped, patched, benchmarked, encrypted, launched, automated, refactored, overheated"),
                    of(
                            "economy",
                            0.6,
                            "markets inflation banks trade housing",
                            "the central bank, bond yields, a rate cut, the housing market, the exporters, a bankruptcy, wage growth, "
                                    + "the currency, a pension fund, the trade deficit, the shareholders, a merger",
                            "rallied, borrowed, invested, slumped, forecast, hedged, defaulted, audited"),
                    of(
                            "cinema",
                            0.6,
                            "premiere festival actors directors screenplay",
                            "the director, a long take, the screenplay, the lead actress, a festival jury, the soundtrack, "
                                    + "a black-and-white print, the sequel, the editing room, a cameo, the box office, the projectionist",
                            "premiered, filmed, rehearsed, directed, awarded, dubbed, edited, reviewed"),
                    of(
                            "cooking",
                            0.5,
                            "recipes bread vegetables spices restaurants",
                            "a sourdough starter, the cast-iron pan, roasted fennel, the pastry chef, a pot of lentils, brown butter, "
                                    + "the farmers' market, pickled lemons, the tasting menu, a sharp knife, the broth, cardamom",
                            "simmered, kneaded, roasted, seasoned, fermented, plated, caramelised, tasted"),
                    of(
                            "science",
                            0.5,
                            "astronomy biology physics climate fossils",
                            "the telescope, a gene variant, dark matter, the ice core, a fossil jaw, the particle beam, coral reefs, "
                                    + "a peer review, the microscope, an exoplanet, the enzyme, the field station",
                            "measured, observed, sequenced, replicated, discovered, modelled, sampled, published"),
                    of(
                            "travel",
                            0.4,
                            "trains islands hiking hotels cities",
                            "the night train, a mountain hut, the old harbour, a ferry ticket, the coastal path, a guesthouse, "
                                    + "the border crossing, the hidden beach, a city map, the cable car, the monsoon, a backpack",
                            "wandered, sailed, hiked, booked, departed, explored, camped, returned"),
                    of(
                            "music",
                            0.4,
                            "concerts albums jazz opera vinyl",
                            "the bass line, a debut album, the string quartet, a jazz club, the encore, the mezzo-soprano, a drum solo, "
                                    + "the record label, the tour bus, a lost recording, the conductor, analogue synthesisers",
                            "recorded, improvised, toured, composed, remixed, sang, rehearsed, conducted"),
                    of(
                            "health",
                            0.35,
                            "sleep nutrition medicine running hospitals",
                            "the sleep study, a vaccine trial, the family doctor, blood pressure, a running plan, the waiting list, "
                                    + "the immune system, a placebo, the physiotherapist, gut bacteria, the emergency ward, a diagnosis",
                            "treated, prescribed, recovered, vaccinated, trained, examined, diagnosed, healed"),
                    of(
                            "chess",
                            0.2,
                            "openings endgames grandmasters tournaments puzzles",
                            "the rook endgame, a queen sacrifice, the Sicilian, the world title, a forced draw, the clock, the bishop pair, "
                                    + "a prepared line, the candidates tournament, a pinned knight, the blitz round, the arbiter",
                            "castled, blundered, promoted, resigned, calculated, sacrificed, adjourned, checkmated"),
                    of(
                            "gardening",
                            0.2,
                            "roses compost pruning orchards bees",
                            "the compost heap, a climbing rose, the greenhouse, an apple graft, the slug trap, bare-root hedges, "
                                    + "a late frost, the seed bank, the beehive, raised beds, the rain barrel, a wild meadow",
                            "pruned, sowed, grafted, watered, mulched, harvested, transplanted, bloomed"));
}
