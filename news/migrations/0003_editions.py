from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0002_language_of_stories'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='articlepage',
            name='expiry_reason',
            field=models.CharField(blank=True, help_text='Goes on record when its time is over.', max_length=255, verbose_name='why it expires'),
        ),
        migrations.AlterField(
            model_name='articletag',
            name='tag',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tagged_items', to='news.tag'),
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('first', 'First publication'), ('typo', 'Typo: readers are not told'), ('update', 'Update: the story is marked as updated'), ('clarification', 'Clarification'), ('correction', 'Correction: something was wrong'), ('retraction', 'Retraction'), ('takedown', 'Takedown'), ('withdrawal', 'Withdrawal'), ('restored', 'Restored')], max_length=16)),
                ('live', models.BooleanField(help_text='Whether the row of the story is live.')),
                ('public', models.BooleanField(help_text='Whether everybody may see it.')),
                ('document', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('signatures', models.JSONField(help_text='[{"person", "name", "role", "at"}]')),
                ('signatures_asked', models.PositiveSmallIntegerField()),
                ('revision_id', models.BigIntegerField(null=True)),
                ('door', models.CharField(choices=[('review', 'Approval'), ('direct', 'Published by the signer'), ('schedule', 'At its time'), ('fix', 'Fix of the live text'), ('code', 'Program'), ('import', 'Import'), ('demo', 'Demo'), ('unpublish', 'Unpublished'), ('expiry', 'Expired'), ('privacy', 'Made private'), ('move', 'Moved')], max_length=16)),
                ('reason', models.TextField(blank=True)),
                ('note', models.TextField(blank=True, help_text='What readers are told.')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='news.articlepage')),
            ],
            options={
                'ordering': ['story_id', 'number'],
            },
        ),
        migrations.CreateModel(
            name='LiveFix',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision_id', models.BigIntegerField()),
                ('after_edition', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('first', 'First publication'), ('typo', 'Typo: readers are not told'), ('update', 'Update: the story is marked as updated'), ('clarification', 'Clarification'), ('correction', 'Correction: something was wrong'), ('retraction', 'Retraction'), ('takedown', 'Takedown'), ('withdrawal', 'Withdrawal'), ('restored', 'Restored')], max_length=16)),
                ('note', models.TextField(blank=True)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fixes', to='news.articlepage')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Named',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(help_text='Such as cms.image.', max_length=100)),
                ('object_id', models.BigIntegerField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named', to='news.edition')),
            ],
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('after_edition', models.PositiveIntegerField()),
                ('role', models.CharField(choices=[('writer', 'submitted it'), ('signer', 'signed it'), ('return', 'returned it')], max_length=8)),
                ('kind', models.CharField(choices=[('first', 'First publication'), ('typo', 'Typo: readers are not told'), ('update', 'Update: the story is marked as updated'), ('clarification', 'Clarification'), ('correction', 'Correction: something was wrong'), ('retraction', 'Retraction'), ('takedown', 'Takedown'), ('withdrawal', 'Withdrawal'), ('restored', 'Restored')], default='update', max_length=16)),
                ('note', models.TextField(blank=True)),
                ('reason', models.TextField(blank=True)),
                ('public_from', models.DateTimeField(null=True)),
                ('embargo', models.BooleanField(default=False)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signature_set', to='news.articlepage')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision_id', models.BigIntegerField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to='news.articlepage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('story', 'person', 'revision_id'), name='one_contribution_per_revision')],
            },
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('story', 'number'), name='one_edition_per_number'),
        ),
        migrations.AddIndex(
            model_name='named',
            index=models.Index(fields=['model', 'object_id'], name='named_by_editions'),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(fields=['story', 'digest'], name='signature_of_text'),
        ),
    ]
