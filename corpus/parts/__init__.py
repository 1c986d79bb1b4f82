"""What each paragraph is: title, abstract, body, heading, list item, caption, reference, furniture."""
