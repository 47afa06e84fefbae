package dev.freshet.examplesite;

import java.util.List;

/**
 * A department of the made-up shop.
 *
 * @param name which is a tag of its products
 * @param nouns what it sells; each is a tag as well
 * @param least lowest price in EUR
 * @param most highest price in EUR
 * @param sizes of its products; empty if they have none
 */
record ShopDepartment(String name, List<String> nouns, int least, int most, List<String> sizes) {
    private static final List<String> CLOTHES = List.of("S", "M", "L", "XL");
    private static final List<String> SHOES = List.of("38", "39", "40", "41", "42", "43", "44");
    private static final List<String> NONE = List.of();

    /** All departments, the most visited first. */
    static final List<ShopDepartment> ALL =
            List.of(
                    of("running", "shoe, vest, watch strap, cap, belt", 15, 190, SHOES),
                    of("hiking", "boot, backpack, pole, map case, gaiter", 20, 260, SHOES),
                    of("camping", "tent, sleeping bag, stove, lantern, mat", 12, 420, NONE),
                    of("cycling", "helmet, jersey, light, pump, saddle", 9, 240, CLOTHES),
                    of("rain", "jacket, trousers, poncho, umbrella, cover", 19, 310, CLOTHES),
                    of("climbing", "harness, rope, chalk bag, carabiner, helmet", 8, 220, NONE),
                    of("water", "dry bag, paddle, wetsuit, mask, towel", 10, 280, CLOTHES),
                    of("winter", "glove, ski, snowshoe, hat, fleece", 12, 390, CLOTHES));

    ShopDepartment {
        nouns = List.copyOf(nouns);
        sizes = List.copyOf(sizes);
    }

    private static ShopDepartment of(
            String name, String nouns, int least, int most, List<String> sizes) {
        return new ShopDepartment(name, List.of(nouns.split(", ")), least, most, sizes);
    }
}
