package dev.freshet.chart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ChartStyleTest {
    private static final LineChart LINES =
            new LineChart(
                    "a < b & \"c\"",
                    "day",
                    List.of("1", "2"),
                    List.of(new LineChart.Line("one", "c0", List.of(1.0, 3.0))));

    @Test
    void aChartIsAnSvgFileOfItsOwnWithItsStyle() throws Exception {
        Document file =
                DocumentBuilderFactory.newDefaultNSInstance()
                        .newDocumentBuilder()
                        .parse(
                                new ByteArrayInputStream(
                                        ChartStyle.file(LINES.svg()).getBytes(UTF_8)));

        assertThat(file.getDocumentElement().getNamespaceURI())
                .isEqualTo("http://www.w3.org/2000/svg");
        assertThat(file.getElementsByTagName("style").getLength()).isEqualTo(1);
        assertThat(file.getElementsByTagName("circle").getLength()).isEqualTo(2);
        assertThat(file.getDocumentElement().getAttribute("aria-label")).isEqualTo("a < b & \"c\"");
    }

    @Test
    void equalFiguresMakeEqualBytes() {
        DotChart dots = new DotChart("t", List.of(new DotChart.Dot("one", "c0", 2, 1, 3)));

        assertThat(ChartStyle.file(dots.svg())).isEqualTo(ChartStyle.file(dots.svg()));
        assertThat(dots.svg()).contains("one: 2.00 (1.00 to 3.00)");
    }
}
