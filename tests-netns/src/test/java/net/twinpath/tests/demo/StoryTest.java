package net.twinpath.tests.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.twinpath.tests.demo.Story.Link;
import net.twinpath.tests.demo.Story.Span;
import net.twinpath.tests.demo.Story.Step;
import org.junit.jupiter.api.Test;

class StoryTest {
    @Test
    void aSpanEndsWithTheNextStepOfItsLink() {
        Story story = new Story(
                20,
                List.of(
                        new Step(2, Link.A, Fault.CUT),
                        new Step(3, Link.B, Fault.LOSES_20_PERCENT),
                        new Step(5, Link.A, Fault.HEALED)));
        assertThat(story.spans())
                .containsExactly(new Span(2, 5, Link.A, Fault.CUT), new Span(3, 20, Link.B, Fault.LOSES_20_PERCENT));
    }

    @Test
    void atNoTimeAreBothLinksOfTheStoryUnwell() {
        List<Span> spans = Story.EACH_LINK_IN_TURN.spans();
        assertThat(spans).hasSize(3);
        for (int i = 1; i < spans.size(); i++) {
            assertThat(spans.get(i).from()).isGreaterThan(spans.get(i - 1).to());
        }
    }
}
